-- Append-only tables refuse UPDATE, DELETE and TRUNCATE; re-created at every open, asserted by `check`.
create or replace trigger revision_no_update before update on revision for each statement
    insert into refusal select error('append only: revision');
create or replace trigger revision_no_delete before delete on revision for each statement
    insert into refusal select error('append only: revision');
create or replace trigger document_no_update before update on document for each statement
    insert into refusal select error('append only: document');
create or replace trigger document_no_delete before delete on document for each statement
    insert into refusal select error('append only: document');
create or replace trigger document_identity_no_update before update on document_identity for each statement
    insert into refusal select error('append only: document_identity');
create or replace trigger document_identity_no_delete before delete on document_identity for each statement
    insert into refusal select error('append only: document_identity');
create or replace trigger document_event_no_update before update on document_event for each statement
    insert into refusal select error('append only: document_event');
create or replace trigger document_event_no_delete before delete on document_event for each statement
    insert into refusal select error('append only: document_event');
create or replace trigger procedure_no_update before update on procedure for each statement
    insert into refusal select error('append only: procedure');
create or replace trigger procedure_no_delete before delete on procedure for each statement
    insert into refusal select error('append only: procedure');
create or replace trigger procedure_version_no_update before update on procedure_version for each statement
    insert into refusal select error('append only: procedure_version');
create or replace trigger procedure_version_no_delete before delete on procedure_version for each statement
    insert into refusal select error('append only: procedure_version');
create or replace trigger procedure_version_level_no_update before update on procedure_version_level for each statement
    insert into refusal select error('append only: procedure_version_level');
create or replace trigger procedure_version_level_no_delete before delete on procedure_version_level for each statement
    insert into refusal select error('append only: procedure_version_level');
create or replace trigger procedure_version_agency_no_update before update on procedure_version_agency for each statement
    insert into refusal select error('append only: procedure_version_agency');
create or replace trigger procedure_version_agency_no_delete before delete on procedure_version_agency for each statement
    insert into refusal select error('append only: procedure_version_agency');
create or replace trigger procedure_version_legal_basis_no_update before update on procedure_version_legal_basis for each statement
    insert into refusal select error('append only: procedure_version_legal_basis');
create or replace trigger procedure_version_legal_basis_no_delete before delete on procedure_version_legal_basis for each statement
    insert into refusal select error('append only: procedure_version_legal_basis');
create or replace trigger publication_line_no_update before update on publication_line for each statement
    insert into refusal select error('append only: publication_line');
create or replace trigger publication_line_no_delete before delete on publication_line for each statement
    insert into refusal select error('append only: publication_line');
create or replace trigger item_no_update before update on item for each statement
    insert into refusal select error('append only: item');
create or replace trigger item_no_delete before delete on item for each statement
    insert into refusal select error('append only: item');
create or replace trigger item_agency_no_update before update on item_agency for each statement
    insert into refusal select error('append only: item_agency');
create or replace trigger item_agency_no_delete before delete on item_agency for each statement
    insert into refusal select error('append only: item_agency');
create or replace trigger item_measure_no_update before update on item_measure for each statement
    insert into refusal select error('append only: item_measure');
create or replace trigger item_measure_no_delete before delete on item_measure for each statement
    insert into refusal select error('append only: item_measure');
create or replace trigger item_instrument_no_update before update on item_instrument for each statement
    insert into refusal select error('append only: item_instrument');
create or replace trigger item_instrument_no_delete before delete on item_instrument for each statement
    insert into refusal select error('append only: item_instrument');
create or replace trigger decentralisation_no_update before update on decentralisation for each statement
    insert into refusal select error('append only: decentralisation');
create or replace trigger decentralisation_no_delete before delete on decentralisation for each statement
    insert into refusal select error('append only: decentralisation');
create or replace trigger item_event_no_update before update on item_event for each statement
    insert into refusal select error('append only: item_event');
create or replace trigger item_event_no_delete before delete on item_event for each statement
    insert into refusal select error('append only: item_event');
create or replace trigger claim_event_no_update before update on claim_event for each statement
    insert into refusal select error('append only: claim_event');
create or replace trigger claim_event_no_delete before delete on claim_event for each statement
    insert into refusal select error('append only: claim_event');
create or replace trigger evidence_no_update before update on evidence for each statement
    insert into refusal select error('append only: evidence');
create or replace trigger evidence_no_delete before delete on evidence for each statement
    insert into refusal select error('append only: evidence');
create or replace trigger evidence_content_no_update before update on evidence_content for each statement
    insert into refusal select error('append only: evidence_content');
create or replace trigger evidence_content_no_delete before delete on evidence_content for each statement
    insert into refusal select error('append only: evidence_content');
create or replace trigger procedure_version_source_no_update before update on procedure_version_source for each statement
    insert into refusal select error('append only: procedure_version_source');
create or replace trigger procedure_version_source_no_delete before delete on procedure_version_source for each statement
    insert into refusal select error('append only: procedure_version_source');
create or replace trigger procedure_version_problem_no_update before update on procedure_version_problem for each statement
    insert into refusal select error('append only: procedure_version_problem');
create or replace trigger procedure_version_problem_no_delete before delete on procedure_version_problem for each statement
    insert into refusal select error('append only: procedure_version_problem');
create or replace trigger batch_content_no_update before update on batch_content for each statement
    insert into refusal select error('append only: batch_content');
create or replace trigger batch_content_no_delete before delete on batch_content for each statement
    insert into refusal select error('append only: batch_content');
create or replace trigger publication_no_update before update on publication for each statement
    insert into refusal select error('append only: publication');
create or replace trigger publication_no_delete before delete on publication for each statement
    insert into refusal select error('append only: publication');
create or replace trigger publication_basis_no_update before update on publication_basis for each statement
    insert into refusal select error('append only: publication_basis');
create or replace trigger publication_basis_no_delete before delete on publication_basis for each statement
    insert into refusal select error('append only: publication_basis');
create or replace trigger publication_day_no_update before update on publication_day for each statement
    insert into refusal select error('append only: publication_day');
create or replace trigger publication_day_no_delete before delete on publication_day for each statement
    insert into refusal select error('append only: publication_day');
create or replace trigger publication_mirror_no_update before update on publication_mirror for each statement
    insert into refusal select error('append only: publication_mirror');
create or replace trigger publication_mirror_no_delete before delete on publication_mirror for each statement
    insert into refusal select error('append only: publication_mirror');
create or replace trigger publication_replacement_no_update before update on publication_replacement for each statement
    insert into refusal select error('append only: publication_replacement');
create or replace trigger publication_replacement_no_delete before delete on publication_replacement for each statement
    insert into refusal select error('append only: publication_replacement');
create or replace trigger publication_supersession_no_update before update on publication_supersession for each statement
    insert into refusal select error('append only: publication_supersession');
create or replace trigger publication_supersession_no_delete before delete on publication_supersession for each statement
    insert into refusal select error('append only: publication_supersession');
create or replace trigger evidence_removal_no_update before update on evidence_removal for each statement
    insert into refusal select error('append only: evidence_removal');
create or replace trigger evidence_removal_no_delete before delete on evidence_removal for each statement
    insert into refusal select error('append only: evidence_removal');
create or replace trigger item_match_no_update before update on item_match for each statement
    insert into refusal select error('append only: item_match');
create or replace trigger item_match_no_delete before delete on item_match for each statement
    insert into refusal select error('append only: item_match');
create or replace trigger item_adjustment_no_update before update on item_adjustment for each statement
    insert into refusal select error('append only: item_adjustment');
create or replace trigger item_adjustment_no_delete before delete on item_adjustment for each statement
    insert into refusal select error('append only: item_adjustment');
create or replace trigger item_measure_fact_no_update before update on item_measure_fact for each statement
    insert into refusal select error('append only: item_measure_fact');
create or replace trigger item_measure_fact_no_delete before delete on item_measure_fact for each statement
    insert into refusal select error('append only: item_measure_fact');
create or replace trigger item_measure_instrument_no_update before update on item_measure_instrument for each statement
    insert into refusal select error('append only: item_measure_instrument');
create or replace trigger item_measure_instrument_no_delete before delete on item_measure_instrument for each statement
    insert into refusal select error('append only: item_measure_instrument');
create or replace trigger period_closing_no_update before update on period_closing for each statement
    insert into refusal select error('append only: period_closing');
create or replace trigger period_closing_no_delete before delete on period_closing for each statement
    insert into refusal select error('append only: period_closing');
create or replace trigger period_figure_no_update before update on period_figure for each statement
    insert into refusal select error('append only: period_figure');
create or replace trigger period_figure_no_delete before delete on period_figure for each statement
    insert into refusal select error('append only: period_figure');
create or replace trigger period_return_no_update before update on period_return for each statement
    insert into refusal select error('append only: period_return');
create or replace trigger period_return_no_delete before delete on period_return for each statement
    insert into refusal select error('append only: period_return');
create or replace trigger period_return_file_no_update before update on period_return_file for each statement
    insert into refusal select error('append only: period_return_file');
create or replace trigger period_return_file_no_delete before delete on period_return_file for each statement
    insert into refusal select error('append only: period_return_file');
create or replace trigger reporting_period_no_update before update on reporting_period for each statement
    insert into refusal select error('append only: reporting_period');
create or replace trigger reporting_period_no_delete before delete on reporting_period for each statement
    insert into refusal select error('append only: reporting_period');
create or replace trigger directive_no_update before update on directive for each statement
    insert into refusal select error('append only: directive');
create or replace trigger directive_no_delete before delete on directive for each statement
    insert into refusal select error('append only: directive');
create or replace trigger transfer_change_no_update before update on transfer_change for each statement
    insert into refusal select error('append only: transfer_change');
create or replace trigger transfer_change_no_delete before delete on transfer_change for each statement
    insert into refusal select error('append only: transfer_change');
create or replace trigger indicator_value_no_update before update on indicator_value for each statement
    insert into refusal select error('append only: indicator_value');
create or replace trigger indicator_value_no_delete before delete on indicator_value for each statement
    insert into refusal select error('append only: indicator_value');
create or replace trigger report_issue_no_update before update on report_issue for each statement
    insert into refusal select error('append only: report_issue');
create or replace trigger report_issue_no_delete before delete on report_issue for each statement
    insert into refusal select error('append only: report_issue');
create or replace trigger report_issue_cell_no_update before update on report_issue_cell for each statement
    insert into refusal select error('append only: report_issue_cell');
create or replace trigger report_issue_cell_no_delete before delete on report_issue_cell for each statement
    insert into refusal select error('append only: report_issue_cell');
create or replace trigger report_issue_row_no_update before update on report_issue_row for each statement
    insert into refusal select error('append only: report_issue_row');
create or replace trigger report_issue_row_no_delete before delete on report_issue_row for each statement
    insert into refusal select error('append only: report_issue_row');
create or replace trigger statistics_filing_no_update before update on statistics_filing for each statement
    insert into refusal select error('append only: statistics_filing');
create or replace trigger statistics_filing_no_delete before delete on statistics_filing for each statement
    insert into refusal select error('append only: statistics_filing');
create or replace trigger statistics_row_no_update before update on statistics_row for each statement
    insert into refusal select error('append only: statistics_row');
create or replace trigger statistics_row_no_delete before delete on statistics_row for each statement
    insert into refusal select error('append only: statistics_row');
create or replace trigger statistics_value_no_update before update on statistics_value for each statement
    insert into refusal select error('append only: statistics_value');
create or replace trigger statistics_value_no_delete before delete on statistics_value for each statement
    insert into refusal select error('append only: statistics_value');
create or replace trigger figure_snapshot_no_update before update on figure_snapshot for each statement
    insert into refusal select error('append only: figure_snapshot');
create or replace trigger figure_snapshot_no_delete before delete on figure_snapshot for each statement
    insert into refusal select error('append only: figure_snapshot');
create or replace trigger figure_snapshot_event_no_update before update on figure_snapshot_event for each statement
    insert into refusal select error('append only: figure_snapshot_event');
create or replace trigger figure_snapshot_event_no_delete before delete on figure_snapshot_event for each statement
    insert into refusal select error('append only: figure_snapshot_event');
create or replace trigger cost_sheet_no_update before update on cost_sheet for each statement
    insert into refusal select error('append only: cost_sheet');
create or replace trigger cost_sheet_no_delete before delete on cost_sheet for each statement
    insert into refusal select error('append only: cost_sheet');
create or replace trigger cost_line_no_update before update on cost_line for each statement
    insert into refusal select error('append only: cost_line');
create or replace trigger cost_line_no_delete before delete on cost_line for each statement
    insert into refusal select error('append only: cost_line');
create or replace trigger cost_figure_no_update before update on cost_figure for each statement
    insert into refusal select error('append only: cost_figure');
create or replace trigger cost_figure_no_delete before delete on cost_figure for each statement
    insert into refusal select error('append only: cost_figure');
