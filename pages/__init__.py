"""Screens only: query + chart + form. router.py is the script Streamlit runs; pages live in section folders."""
