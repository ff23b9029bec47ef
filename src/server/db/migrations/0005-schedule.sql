-- When each timer last ran: `slot` is the company's day (or minute) that it ran for, so that it runs once, on whichever node, and catches up after a pause.
create table schedule_runs (name text primary key, slot text not null, at timestamptz not null default now());
