-- One search table for each object: what is frequent among customers says nothing about contacts, and each has an index of its own.
-- The catalog makes the table of an object that comes later.
alter table search_doc rename to search_doc_before;
create table search_doc (object text not null, id uuid not null, tsv tsvector not null, constraint search_doc_key primary key (object, id)) partition by list (object);
do $$
declare name text;
begin
  for name in select distinct object from search_doc_before loop
    execute format('create table %I partition of search_doc for values in (%L)', 'search_doc_' || name, name);
  end loop;
end $$;
insert into search_doc (object, id, tsv) select object, id, tsv from search_doc_before;
drop table search_doc_before;
create index search_doc_tsv on search_doc using gin (tsv) with (fastupdate = off);
