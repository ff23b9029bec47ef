-- Saved views: how somebody looks at the records of an object, for themselves, their department or everyone. Never the records.
create table views (
  id uuid primary key,
  object text not null,
  name text not null,
  kind text not null,
  -- `ViewSettings` of shared/view.ts.
  settings jsonb not null,
  -- mine, department, everyone.
  audience text not null,
  owner_id uuid not null,
  department_id uuid,
  pinned boolean not null default false,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  retired_at timestamptz,
  check ((audience = 'department') = (department_id is not null))
);
-- A name stands for one view, wherever it is seen: among one's own, in a department, for everyone.
create unique index views_name on views (object, audience, coalesce(department_id, case audience when 'mine' then owner_id end, '00000000-0000-0000-0000-000000000000'), lower(name)) where retired_at is null;

-- With which view the members of a role begin.
create table view_roles (
  object text not null,
  role_id uuid not null references roles (id) on delete cascade,
  view_id uuid not null references views (id) on delete cascade,
  primary key (object, role_id)
);
create index view_roles_view on view_roles (view_id);
