-- said(details): the parts of a version's JSON that are searched and filtered by; what has another shape is unknown.
create or replace macro said(details) as
from_json(details, '{
    "dossier": [{"papers": [{"name": "VARCHAR"}]}], "channels": [{"way": "VARCHAR"}], "results": ["VARCHAR"],
    "keywords": ["VARCHAR"], "addressees": ["VARCHAR"], "description": "VARCHAR"
}');
