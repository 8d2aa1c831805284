"""The words of Streamlit's uploader, which it writes in English only."""

import streamlit as st

_WORDS = """<style>
{scope}[data-testid="stFileUploaderDropzone"] button p, {scope}[data-testid="stFileUploaderDropzoneInstructions"] span {{ font-size: 0; }}
{scope}[data-testid="stFileUploaderDropzone"] button p::after {{ content: "{button}"; font-size: 1rem; }}
{scope}[data-testid="stFileUploaderDropzoneInstructions"] span::after {{ content: "{limits}"; font-size: .85rem; }}
</style>"""


def words(button: str, limits: str, key: str | None = None) -> None:
    """Call beside an uploader: what its button and its limits are called.

    `key`: of the uploader, or of the container around it; without one the words hold for the whole page.
    """
    scope = f".st-key-{key} " if key else ""
    st.html(_WORDS.format(scope=scope, button=button, limits=limits))
