-- What the warehouse holds. Catalogue tables are replaced whenever the CSVs change; facts are only ever added.

-- Catalogue: what there is to measure --------------------------------------------------------------------------------

create table if not exists catalogue (file text primary key, sha256 text not null);

create table if not exists unit (
    unit_code text primary key, name text not null, full_name text not null, kind text not null, old_district text,
    x double, y double, area_km2 double, valid_from date not null, valid_to date, aliases text, source text, source_class text
);
create table if not exists role (role_code text primary key, name text not null, name_en text, kinds text, valid_to date, source text);
create table if not exists channel (
    channel_code text primary key, parent_code text, name text not null, name_en text, count_unit text, obligation text,
    condition text, valid_to date, source text, note text
);
create table if not exists theme (
    theme_code text primary key, parent_code text, plan_item text, name text not null, short_name text, name_en text,
    core text, source text
);
create table if not exists audience (
    audience_code text primary key, parent_code text, name text not null, name_en text, count_unit text, usage text, source text
);
create table if not exists product (product_code text primary key, name text not null, name_en text, count_unit text, source text);
create table if not exists skill (item_code text primary key, name text not null, count_unit text, base text, kind text);
create table if not exists list_item (list_id text, code text, label text);
create table if not exists task_group (task_group text primary key, name text not null, short_name text, source text);
create table if not exists obligation (unit_code text, subject text, code text, condition text);
create table if not exists indicator (
    indicator text primary key, group_code text, group_name text, name text not null, name_en text, numerator_text text,
    denominator_text text, numerator text not null, denominator text, scale double not null, unit text, kind text not null,
    denominator_kind text, direction text, level text, min_denominator double, target_id text, scheme text,
    source text, source_class text, caveat text
);
create table if not exists indicator_term (
    indicator text, side text, measure text, items text, coefficient double, measure_bit integer, all_bits integer
);
create table if not exists target (
    target_id text primary key, indicator text, subject text, operator text, value double, value_text text, unit text,
    due text, scope text, document text, place text, usage text, valid_from date, valid_to date, source_class text, note text
);
create table if not exists rating_scheme (
    scheme text, name text, level text, label text, low double, high double, relative text, source_class text
);
create table if not exists rule (
    rule_id text primary key, form_id text, sheet text, items text, severity text, kind text, condition text,
    expression text, message text, fix text, basis text, valid_from text, enforce_from text
);
create table if not exists setting (setting text primary key, value text, note text, source_class text);
create table if not exists message (kind text primary key, name text not null, text text not null, note text, source_class text);
create table if not exists measure_name (measure text, form_id text, sheet text, label text, unit text);
create table if not exists form (form_id text primary key, name text, title text, rank integer, versions text, convention text);
create table if not exists period (
    period text primary key, kind text not null, date_from date not null, date_to date not null, due_at timestamp not null,
    convention text, name text
);
create table if not exists duty (unit_code text, form_id text, period_kind text, valid_from date, valid_to date, source text);

-- Facts ---------------------------------------------------------------------------------------------------------------

create sequence if not exists submission_number;

create table if not exists submission (
    submission_id bigint primary key, unit_code text not null, period text not null, version integer not null,
    form_id text not null, status text not null, file_name text, file_sha256 text, received_at timestamp not null,
    loaded_at timestamp not null, loaded_by text, note text,
    convention text, nothing_in text, cells_required integer, cells_filled integer, errors integer, explains integer,
    notes integer, has_plan boolean, demo boolean default false, cover text
);
create table if not exists observation (
    submission_id bigint, sheet text, item_code text, theme_code text, measure text, value double, cell text
);
create table if not exists task (
    submission_id bigint, task_id text, task_group text, title text, source_doc text, lead_role text, responsible text,
    coop text, kind text, start_date date, due_date date, due_text text, product text, status text, progress double,
    done_date date, evidence text, obstacle text, cell text
);
create table if not exists remark (submission_id bigint, kind text, text text, to_level text, cell text);
create table if not exists finding (
    submission_id bigint, rule_id text, severity text, sheet text, cell text, value text, message text,
    row_label text, column_label text, expected text, fix text, cause text
);
-- Audit: who did what, when and why; before and after say what it changed. line is the line of the journal that says so.
create table if not exists event (
    "at" timestamp, actor text, action text, subject text, reason text, detail text,
    before text, after text, unit_code text, period text, form_id text, line bigint
);
-- The journal's lines as they stand in its file, so that each of the two can make up for what the other lost; and how
-- far in it this file has everything (no row in the middle of a load of several transactions).
create table if not exists journal (line bigint, text text);
create table if not exists journal_standing (lines bigint, size bigint, hash text, chained boolean);

-- Decisions: what people settled about reports ----------------------------------------------------------------------

create table if not exists extension (unit_code text, period text, form_id text, until timestamp, reason text);
-- The answer to a finding of severity explain. It belongs to the cause, not to a submission: a later version with the
-- same cause is not asked again. cause: the labels of row and column, where there are none the cell.
create table if not exists explanation (
    unit_code text, period text, form_id text, rule_id text, sheet text, cause text, cell text, value text, reason text,
    actor text, "at" timestamp
);
-- A closed period: figures frozen under a name. The whole state is in the copy kept under reports/closed/ (copies.py);
-- here stands what later corrections are compared with. closing names the copy.
create table if not exists closing (
    closing text primary key, name text not null, period text not null, "at" timestamp, actor text, reason text,
    last_submission bigint, last_event bigint -- the line of the journal that the last event before stands for
);
create table if not exists closed_report (
    closing text, unit_code text, period text, form_id text, state text, on_time boolean, version integer
);
create table if not exists closed_indicator (
    closing text, indicator text, unit_code text, period text, numerator double, denominator double
);
