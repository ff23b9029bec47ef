-- What a company says about its objects: those that it made, and what it changed about the standard ones.
create table objects (
  name text primary key,
  -- Null for a standard object, which has its table already.
  table_name text unique,
  -- Of an own object everything that makes it up; of a standard one only what differs.
  traits jsonb not null default '{}',
  -- Where it stands among the others; null where nobody has arranged them.
  place int,
  version int not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid,
  retired_at timestamptz,
  retired_by uuid
);

-- The table of an own object, which the app may ask for in its own transaction, so that object, table, rights and log entry come into being together.
-- It is a copy of the blank one that the catalog keeps beside the standard tables: the same columns, defaults and indexes, and its own part of the search table.
create function add_object_table(of_object text, table_name text, blank text) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  definition text;
begin
  if table_name !~ '^o_[a-z0-9]{1,40}$' or of_object !~ '^[a-z][A-Za-z0-9]{0,39}$' or blank <> all (array['blank_owned', 'blank_shared']) then
    raise exception 'not an object: % % %', of_object, table_name, blank;
  end if;
  execute format('create table %I (like %I including defaults)', table_name, blank);
  execute format('alter table %I add primary key (id)', table_name);
  for definition in select pg_get_indexdef(indexrelid) from pg_index where indrelid = blank::regclass and not indisprimary loop
    execute replace(definition, blank, table_name);
  end loop;
  -- Attached, not made as a part: so that nobody who searches waits, and nobody who searches keeps it waiting.
  execute format('create table %I (like search_doc)', 'search_doc_' || of_object);
  execute format('alter table search_doc attach partition %I for values in (%L)', 'search_doc_' || of_object, of_object);
end $$;
revoke execute on function add_object_table from public;
