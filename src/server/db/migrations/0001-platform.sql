-- What the platform itself keeps. The tables of objects (customers, contacts, users, departments) are made by the catalog from their declarations.

create table settings (name text primary key, value jsonb not null);

create table roles (
  id uuid primary key,
  name text not null unique,
  objects jsonb not null default '{}',
  fields jsonb not null default '{}',
  rights text[] not null default '{}',
  version int not null default 1
);

create table user_roles (user_id uuid not null, role_id uuid not null references roles, primary key (user_id, role_id));

-- Sign-in facts of a user, apart from the record that everybody sees. `epoch` grows when every session must end.
create table credentials (
  user_id uuid primary key,
  login text not null,
  password text not null,
  epoch int not null default 1,
  failures int not null default 0,
  locked_until timestamptz,
  disabled_at timestamptz,
  must_change boolean not null default false
);
create unique index credentials_login on credentials (lower(login));

-- Only the SHA-256 of a token is kept.
create table sessions (
  token_hash bytea primary key,
  user_id uuid not null,
  epoch int not null,
  created_at timestamptz not null default now(),
  used_at timestamptz not null default now(),
  expires_at timestamptz not null,
  address text,
  agent text
);
create index sessions_user on sessions (user_id);

create table keys (
  id uuid primary key,
  user_id uuid not null,
  name text not null,
  token_hash bytea not null unique,
  scopes text[] not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  used_at timestamptz,
  revoked_at timestamptz
);

create table preferences (user_id uuid not null, name text not null, value jsonb not null, primary key (user_id, name));

-- The operation id of a write: the same id and body again gives the same answer.
create table operations (
  viewer_id uuid not null,
  id text not null,
  request_hash bytea not null,
  status int,
  response jsonb,
  at timestamptz not null default now(),
  primary key (viewer_id, id)
);
create index operations_at on operations (at);

-- One undoable act over many records.
create table batches (
  id uuid primary key,
  kind text not null,
  object text,
  viewer_id uuid,
  reason text,
  at timestamptz not null default now(),
  undone_at timestamptz,
  facts jsonb not null default '{}'
);

-- 操作日志. Partitioned by month; partitions are made ahead by the program.
create table audit (
  id uuid not null,
  at timestamptz not null default now(),
  viewer_id uuid,
  viewer_name text not null,
  action text not null,
  object text,
  record_id uuid,
  changes jsonb,
  reason text,
  source text not null,
  batch_id uuid,
  primary key (at, id)
) partition by range (at);
create index audit_record on audit (record_id, at desc);
create index audit_batch on audit (batch_id) where batch_id is not null;

-- The change feed, ordered by transaction horizon.
create table changes (
  xid xid8 not null default pg_current_xact_id(),
  id bigint generated always as identity,
  at timestamptz not null default now(),
  object text not null,
  record_id uuid not null,
  kind text not null,
  primary key (xid, id)
);

create table search_doc (
  object text not null,
  id uuid not null,
  tsv tsvector not null,
  primary key (id)
);
create index search_doc_tsv on search_doc using gin (tsv) with (fastupdate = off);

-- Records whose search document is behind (imports, bulk): a job catches up.
create table search_dirty (object text not null, id uuid not null, primary key (id));

create table numberings (object text primary key, next bigint not null);
