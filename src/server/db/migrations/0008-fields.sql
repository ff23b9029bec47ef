-- What a company says about the fields of its objects: those that it made, and what it changed about the standard ones.
create table fields (
  object text not null,
  name text not null,
  -- Null for a standard field, which has its column already.
  column_name text,
  -- Everything that `Field` says beyond its name and column; of a standard field only what differs.
  traits jsonb not null,
  version int not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid,
  retired_at timestamptz,
  retired_by uuid,
  primary key (object, name),
  unique (object, column_name)
);

-- In which order the fields of an object stand, where a company has arranged them.
create table field_orders (object text primary key, names text[] not null);

-- The two changes of a table that the app may ask for, in its own transaction, so that field, column and log entry come into being together:
-- another empty column under a name that the engine gives, and another name for such a column. The second is for a field that got another type:
-- whoever still means the old column finds it gone and begins again, instead of writing where nobody reads.
create function add_field_column(of_table text, column_name text, kind text) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if kind <> all (array['text collate "C"', 'text[]', 'numeric', 'date', 'timestamptz', 'boolean', 'uuid']) then
    raise exception 'not a type of a field: %', kind;
  end if;
  perform change_field_column(of_table, column_name, format('add column %I %s', column_name, kind));
end $$;

create function rename_field_column(of_table text, column_name text, becomes text) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if becomes !~ '^f_[a-z0-9]{1,40}$' then
    raise exception 'not a column of a field: %', becomes;
  end if;
  perform change_field_column(of_table, column_name, format('rename column %I to %I', column_name, becomes));
end $$;

-- Nobody waits behind it for longer than a twentieth of a second: where a long statement holds the table, it steps back and tries again.
create function change_field_column(of_table text, column_name text, change text) returns void language plpgsql set search_path = public, pg_temp as $$
declare
  patience text := current_setting('lock_timeout');
begin
  if column_name !~ '^f_[a-z0-9]{1,40}$' or not exists (select from pg_attribute where attrelid = to_regclass(quote_ident(of_table)) and attname = 'owner_department_id') then
    raise exception 'not a field: % %', of_table, column_name;
  end if;
  for attempt in 1..40 loop
    begin
      perform set_config('lock_timeout', '50ms', true);
      execute format('alter table %I %s', of_table, change);
      perform set_config('lock_timeout', patience, true);
      return;
    exception when lock_not_available then
      perform pg_sleep(0.2);
    end;
  end loop;
  raise exception 'the table is in use' using errcode = '55P03';
end $$;
revoke execute on function add_field_column, rename_field_column, change_field_column from public;
