"""HTTP beside the screens: signing in and out, health. The only home of Starlette; routes get the installation from a getter."""
