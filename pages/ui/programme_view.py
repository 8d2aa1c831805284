"""The parts of a programme's page: the answer, the stages, the documents that assigned it, the changes of its base."""

import polars as pl
import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.figure import share
from catalogue.model.period import Moment
from catalogue.reference import Programme
from catalogue.services import programmes
from catalogue.services.installation import Installation
from catalogue.store.database import Row
from pages.ui import filters, headline, menu, plain

_STAGES = ("approved", "enacted", "published", "confirmed")
_MOST_UNMATCHED = 10
_OPEN = ("change", "way")


def answer(
    installation: Installation, programme: Programme, stages: dict[str, int], moment: Moment, t: Translator
) -> None:
    """The figure and where its base comes from, in one sentence; standing tasks count in none."""
    done, base = stages["done"], stages["assigned"] - stages["standing"]
    changes = programmes.base_changes(installation, programme.code, moment)
    if stages["standing"]:
        st.markdown(f"**{t('directive.count_standing', count=stages['standing'])}**")
    if not base:
        return
    st.markdown(
        t(
            "programme.answer",
            done=done,
            base=base,
            stage=t(f"stage.{programme.done_stage}").lower(),
            percent=t.percent(share(done, base, 1)),
            documents=programmes.documents(installation, programme.code, moment).height,
            changes=int((~changes["is_initial"]).sum()),
        )
    )


def stages(programme: Programme, counts: dict[str, int], t: Translator) -> None:
    """Every stage on the one base; one that does not apply says so. Nothing where every task is standing."""
    base = counts["assigned"] - counts["standing"]
    if not base:
        return
    counts = counts | {"assigned": base}
    applicable: tuple[str, ...] = programme.stages
    shown = [stage for stage in _STAGES if stage in applicable]
    st.caption(t("programme.stages", base=base))
    st.html(headline.stage_bar(counts, shown, t))
    with st.container(horizontal=True, gap="small"):
        for stage in shown:
            percent = t.percent(share(counts[stage], base, 1))
            label = t(
                "programme.stage_count", stage=t(f"stage.{stage}"), count=counts[stage], percent=percent
            )
            with st.container(key=f"stage-{programme.kind}-{stage}", width="content"):
                _items(programme, label, progress=headline.OPENS[stage])
    apart = [stage for stage in ("approved", "published") if stage not in applicable]
    if apart:
        words = (t("programme.stage_not_applicable", stage=t(f"stage.{stage}")) for stage in apart)
        st.caption(" · ".join(words))


def done_stage(programme: Programme, t: Translator) -> None:
    """Which stage counts as done, in words, with what the reading rests on."""
    said = [
        t("programme.done_stage", stage=t(f"stage.{programme.done_stage}").lower()),
        t(f"programme.done_{programme.done_stage}"),
    ]
    note = getattr(programme, f"done_stage_note_{t.language}")
    if note:
        said.append(plain.markdown(note))
    elif programme.done_stage_inferred:
        said.append(t("programme.done_stage_inferred"))
    st.markdown(" ".join(said))


def documents(installation: Installation, programme: Programme, moment: Moment, t: Translator) -> None:
    """What assigned the items, each with its number of them and how many are done."""
    frame = programmes.documents(installation, programme.code, moment)
    st.subheader(t("programme.documents", count=frame.height), anchor=False)
    with st.container(key="rows-documents", gap="xsmall"):
        for row in frame.iter_rows(named=True):
            with st.container(gap=None):
                number = plain.markdown(row["number"] or row["title"])
                label = t(f"programme.document_{_noun(programme)}", number=number, count=row["items"])
                _items(programme, label, resolution=row["document_id"])
                about = []
                if row["issued_on"] is None:
                    about.append(t("directive.document_unnumbered"))
                if row["items"] > row["standing"]:
                    about.append(t("programme.document_about", day=row["issued_on"], done=row["done"]))
                if row["standing"]:
                    about.append(t("item.count_standing", count=row["standing"]))
                if row["withdrawn"]:
                    about.append(t("programme.document_withdrawn", count=row["withdrawn"]))
                if row["number"]:
                    about.append(plain.markdown(row["title"]))
                st.caption(" · ".join(about))


def changes(installation: Installation, programme: Programme, moment: Moment, t: Translator) -> None:
    """How the base came to be what it is: each change with its document, its reason and its items."""
    frame = programmes.base_changes(installation, programme.code, moment)
    if frame.is_empty():
        return
    later = frame.filter(~pl.col("is_initial"))
    began = frame.filter("is_initial")
    base = int(frame["base_after"][-1])
    st.subheader(t("programme.changes", count=later.height), anchor=False)
    if later.is_empty():
        st.markdown(t("programme.changes_none", base=base))
    else:
        st.markdown(t("programme.changes_about", initial=int(began["added"].sum()), base=base))
    with st.container(key="rows-changes", gap="small"):
        if began.height:
            _initial(began, t)
        for row in later.iter_rows(named=True):
            _change(row, _noun(programme), t)
    _opened(installation, programme, moment, frame, t)


def unmatched(installation: Installation, programme: Programme, moment: Moment, t: Translator) -> None:
    """Items that count in the base and that no procedure is known for."""
    if programme.kind == "directive":
        return
    frame = programmes.unmatched(installation, programme.code, moment)
    st.subheader(t("programme.unmatched", count=frame.height), anchor=False)
    if frame.is_empty():
        st.caption(t("programme.unmatched_none"))
        return
    st.caption(t("programme.unmatched_about"))
    shown = frame if st.query_params.get("unmatched") == "all" else frame.head(_MOST_UNMATCHED)
    _rows(shown, "unmatched")
    if shown.height < frame.height and st.button(
        t("programme.list_link", count=frame.height), key="unmatched-all", type="tertiary"
    ):
        st.query_params["unmatched"] = "all"
        st.rerun()


def _initial(began: pl.DataFrame, t: Translator) -> None:
    first, last = began["effective_date"].min(), began["effective_date"].max()
    count = int(began["added"].sum())
    if began.height == 1 and began["document_issued_on"][0] is None:
        st.markdown(t("programme.initial_inferred", count=count, first=first))
    elif began.height == 1:
        st.markdown(t("programme.initial_one", count=count, first=first))
    else:
        st.markdown(t("programme.initial", count=count, documents=began.height, first=first, last=last))


def _noun(programme: Programme) -> str:
    """What its items are called."""
    return "tasks" if programme.kind == "directive" else "items"


def _change(row: Row, noun: str, t: Translator) -> None:
    number = row["document_number"] or row["document_title"]
    number = plain.markdown(number) if number else t("programme.change_no_document")
    with st.container(gap=None):
        st.markdown(f"**{t('programme.change_line', day=row['effective_date'], number=number)}**")
        with st.container(horizontal=True, gap="small"):
            for way in ("added", "withdrawn"):
                if row[way]:
                    st.button(
                        t(f"programme.change_{way}_{noun}", count=row[way]),
                        key=f"change-{row['change_id']}-{way}",
                        type="tertiary",
                        on_click=_open,
                        args=(row["change_id"], way),
                    )
        said = plain.markdown(row["reason"]) if row["reason"] else t("programme.change_no_reason")
        before = row["base_after"] - row["added"] + row["withdrawn"]
        recorded = t(
            "programme.change_recorded", when=row["recorded_at"], before=before, base=row["base_after"]
        )
        st.caption(f"{t('programme.change_reason', reason=said)}  \n{recorded}")


def _opened(
    installation: Installation, programme: Programme, moment: Moment, frame: pl.DataFrame, t: Translator
) -> None:
    """The items behind one number of the changes."""
    change_id, way = filters.number("change"), st.query_params.get("way")
    if change_id is None or way not in ("added", "withdrawn"):
        return
    if change_id not in frame["change_id"]:
        st.caption(t("programme.change_unknown"))
        return
    items = programmes.changed_items(installation, programme.code, moment, change_id, is_added=way == "added")
    with st.container(border=True):
        st.markdown(f"**{t(f'programme.changed_{_noun(programme)}_{way}', count=items.height)}**")
        _rows(items, "changed")
        st.button(t("programme.change_close"), type="tertiary", key="change-close", on_click=_close)


def _rows(frame: pl.DataFrame, key: str) -> None:
    with st.container(
        key=f"rows-{key}", gap="xsmall", height=420 if frame.height > _MOST_UNMATCHED else "content"
    ):
        for row in frame.iter_rows(named=True):
            with st.container(gap=None):
                menu.link("item", plain.markdown(row["title"]), id=row["item_id"])
                about = (
                    row.get("procedure_code"),
                    row["agency_name"],
                    row["field_name"],
                    row.get("document_number"),
                )
                st.caption(plain.markdown(" · ".join(filter(None, about))))


def _items(programme: Programme, label: str, **params: object) -> None:
    """A link to the programme's list of items."""
    menu.link(programme.kind, label, **params)


def _open(change_id: int, way: str) -> None:
    st.query_params["change"], st.query_params["way"] = str(change_id), way


def _close() -> None:
    for name in _OPEN:
        st.query_params.pop(name, None)
