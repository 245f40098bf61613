-- What is worked out from catalogue and facts, and can be worked out anew at any time.

drop table if exists owed_report; -- the name that due_report had
create or replace table due_report (
    unit_code text, form_id text, period text, period_kind text, date_from date, date_to date, due_at timestamp,
    unit text, name text, kind text, old_district text, extension_reason text, state text, first_received_at timestamp,
    on_time boolean, days_late integer, submissions integer, first_valid boolean, nothing boolean,
    current_submission_id bigint
);
create or replace table report (
    unit_code text, period text, form_id text, state text, first_received_at timestamp, due_at timestamp, on_time boolean,
    days_late integer, submissions integer, first_valid boolean, cells_required integer, cells_filled integer,
    nothing boolean, current_submission_id bigint
);
create or replace table current_task (
    unit_code text, period text, submission_id bigint, task_id text, task_group text, lead_role text, cut_off date,
    due_on date, done_on date, state text, days_late integer, five_clear boolean, proven boolean, progress double, cell text
);
create or replace table current_measure (
    unit_code text, period text, measure text, item_code text, theme_code text, value double
);
create or replace table current_indicator (
    indicator text, unit_code text, period text, numerator double, denominator double
);
drop table if exists unit_month; -- the name that unit_period had
create or replace table unit_period (
    unit_code text, period text, unit text, name text, kind text, old_district text, tasks_of text, total double,
    done double, due double, on_time double, overdue double, silences integer, cells text
);
create or replace table channel_total (
    period text, kind text, old_district text, measure text, item_code text, theme_code text, units integer, above integer,
    total double
);
create or replace table channel_units (
    period text, kind text, old_district text, measure text, item_code text, theme_code text, units integer, above integer
);
create or replace table channel_year (
    unit_code text, year text, measure text, item_code text, theme_code text, given integer, above integer
);
create or replace table indicator_total (
    period text, kind text, old_district text, indicator text, numerator double, denominator double, units integer
);
create or replace table indicator_carried (
    period text, until text, unit_code text, kind text, old_district text, indicator text, numerator double,
    denominator double
);

-- What provinces shared with the nation, from the files in reports/summaries (etl/nation.py). Empty elsewhere. A province
-- that has not shared has a row without times. differing: indicators it works out otherwise, which are left out.

create or replace table province (
    authority_code text primary key, name text, listed integer, made_at timestamp, loaded_at timestamp, snapshot text,
    lines bigint, hash text, demo boolean, differing text, mark text
);
create or replace table province_period (authority_code text, period text, owed integer);
create or replace table province_total (
    authority_code text, period text, indicator text, numerator double, denominator double, units integer
);
