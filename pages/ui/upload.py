"""The words of Streamlit's uploader, which it writes in English only."""

import streamlit as st

_WORDS = """<style>
[data-testid="stFileUploaderDropzone"] button p, [data-testid="stFileUploaderDropzoneInstructions"] span {{ font-size: 0; }}
[data-testid="stFileUploaderDropzone"] button p::after {{ content: "{button}"; font-size: 1rem; }}
[data-testid="stFileUploaderDropzoneInstructions"] span::after {{ content: "{limits}"; font-size: .85rem; }}
</style>"""


def words(button: str, limits: str) -> None:
    """Call beside an uploader: what its button and its limits are called."""
    st.html(_WORDS.format(button=button, limits=limits))
