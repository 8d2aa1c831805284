-- overtaken_by(changed_on, rule, to_agency, first_to_agency): what became of an assignment whose level or agency is no more:
-- a person mended it, the dated rule of its level holds, its agency has an heir, or nothing yet.
create or replace macro overtaken_by(changed_on, rule, to_agency, first_to_agency) as
    case when changed_on is not null then 'changed'
        when rule is not null then 'rule'
        when to_agency is distinct from first_to_agency then 'heir'
        else 'open' end;
