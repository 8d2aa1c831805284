"""Open data on its page: the files, the API, how a figure is cited, and examples that work as they stand."""

from urllib.parse import urlencode, urlsplit

import streamlit as st

from catalogue.i18n import Translator
from catalogue.interchange.open_data.forms import CATALOGUE, DCAT, DICTIONARY, forms
from catalogue.interchange.open_data.tables import tables
from catalogue.model.period import Moment, Organisation
from catalogue.services import figures, published
from catalogue.services.installation import Installation
from pages.ui import figure_list, filters, plain

_LOCAL = "http://127.0.0.1:8501"
_CITED = "simplification.done"


def address() -> str:
    """Where this server is reached from outside, as the reader's browser reached it."""
    here = urlsplit(st.context.url or "")
    return f"{here.scheme}://{here.netloc}" if here.netloc else _LOCAL


def licence(installation: Installation, t: Translator) -> None:
    """Under what licence, and whether staff have confirmed it."""
    said = installation.reference.open_data
    publisher = installation.reference.agency(said.publisher).name
    st.markdown(t("open_data.licence", name=said.licence.name, uri=said.licence.uri, publisher=publisher))
    if not said.licence.confirmed:
        st.caption(t("export.licence_assumed"))


def files(moment: Moment, t: Translator) -> None:
    """Everything that can be had, each in its forms, of the moment that is shown."""
    st.subheader(t("open_data.files"), anchor=False)
    known_at = moment.known_at or t("app.known_at_now")
    st.caption(t("open_data.files_about", as_of=moment.as_of, known_at=known_at))
    query = _clocks(moment)
    for name, offered in forms().items():
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"file-{name}"):
            st.markdown(f"**{_named(name, t)}**", width="stretch")
            for form in offered:
                is_graph = name == CATALOGUE and form == "jsonld"
                st.link_button(
                    t(f"open_data.form_{'cpsv' if is_graph else form.replace('.', '_')}"),
                    f"/api/v1/exports/{name}.{form}{query}",
                    icon=":material/download:",
                    type="tertiary",
                    key=f"file-{name}-{form}",
                )


def api(t: Translator) -> None:
    """What the API gives, where it is described, and that ministries report by it."""
    st.subheader(t("open_data.api"), anchor=False)
    st.markdown(t("open_data.api_about"))
    st.link_button(t("open_data.api_docs"), "/api/docs", icon=":material/api:")
    st.caption(t("open_data.api_report"))


def cite(installation: Installation, moment: Moment, t: Translator) -> None:
    """A figure of one's choice with addresses that name both clocks."""
    st.subheader(t("open_data.cite"), anchor=False)
    st.caption(t("open_data.cite_about"))
    names = {one.measure: figure_list.name(one.measure, t) for one in figures.MEASURES}
    with st.container(width=520):
        measure = filters.choose(t("open_data.cite_measure"), names, "measure", placeholder=names[_CITED])
    known_at, _ = published.citable_at(installation, moment)
    clocks = urlencode({"as_of": moment.as_of.isoformat(), "known_at": known_at.isoformat()})
    wanted = measure or _CITED
    for label, path in (
        ("cite_page", f"/figure?id={wanted}&{clocks}"),
        ("cite_api", f"/api/v1/figures/{wanted}/items?{clocks}"),
    ):
        st.caption(t(f"open_data.{label}"))
        st.code(f"{address()}{path}", language=None, wrap_lines=True)


def examples(moment: Moment, t: Translator) -> None:
    """The same three questions by three tools."""
    st.subheader(t("open_data.examples"), anchor=False)
    tool = filters.switch(
        t("open_data.example"), {name: t(f"open_data.example_{name}") for name in EXAMPLES}, "tool"
    )
    if tool == "excel":
        st.caption(t("open_data.excel_steps"))
    st.code(example(tool, address(), moment), language=EXAMPLES[tool], wrap_lines=True)


def example(tool: str, base: str, moment: Moment) -> str:
    """What to paste into a tool; it works as it stands."""
    clocks = _clocks(moment).removeprefix("?")
    match tool:
        case "curl":
            return (
                f'curl -s "{base}/api/v1/figures/{_CITED}?{clocks}" | python3 -m json.tool\n'
                f'curl -s "{base}/api/v1/procedures?q=khai%20sinh&limit=5&{clocks}" | python3 -m json.tool\n'
                f'curl -s "{base}/api/v1/items?programme={figures.SIMPLIFICATION}&agency=bo-y-te&format=csv&limit=500&{clocks}" -o phuong-an.csv\n'
            )
        case "python":
            return (
                "from io import BytesIO\n"
                "from urllib.request import urlopen\n\n"
                "import polars as pl\n\n"
                f'base = "{base}/api/v1/exports"\n'
                f'tables = [urlopen(f"{{base}}/{{name}}.parquet?{clocks}").read() for name in ("procedures", "papers")]\n'
                "procedures, papers = (pl.read_parquet(BytesIO(table)) for table in tables)\n"
                'counted = papers.group_by("procedure_code").len("papers")\n'
                'most = procedures.join(counted, on="procedure_code").sort("papers", descending=True)\n'
                'print(most.select("procedure_code", "name", "papers").head(10))\n'
            )
        case _:
            return (
                "let\n"
                f'    Source = Csv.Document(Web.Contents("{base}/api/v1/exports/procedures.csv?{clocks}"),\n'
                '        [Delimiter = ",", Encoding = 65001, QuoteStyle = QuoteStyle.Csv]),\n'
                "    Named = Table.PromoteHeaders(Source, [PromoteAllScalars = true]),\n"
                '    Typed = Table.TransformColumnTypes(Named, {{"procedure_code", type text}})\n'
                "in\n"
                "    Typed\n"
            )


EXAMPLES = {"curl": "bash", "python": "python", "excel": None}


def _named(name: str, t: Translator) -> str:
    if name in (CATALOGUE, DICTIONARY, DCAT):
        return t(f"open_data.file_{name}")
    table = tables()[name]
    return plain.markdown(table.vi if t.language == "vi" else table.en)


def _clocks(moment: Moment) -> str:
    """The moment as the query of an address; as_of always, so that the address keeps saying it."""
    params = {"as_of": moment.as_of.isoformat()}
    if moment.known_at is not None:
        params["known_at"] = moment.known_at.isoformat()
    if moment.organisation is Organisation.TODAY:
        params["agencies"] = Organisation.TODAY.value
    return f"?{urlencode(params)}"
