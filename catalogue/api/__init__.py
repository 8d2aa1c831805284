"""HTTP beside the screens: signing in and out, files, health, metrics, open data. The only home of Starlette and FastAPI; routes get the installation from a getter."""
