-- A save only notes that its record waits for a new search document. Notes are never updated and may be doubled,
-- so that no save ever waits for whoever makes the documents.
alter table search_dirty rename to search_waiting;
alter table search_waiting drop constraint search_dirty_pkey;
create index search_waiting_by_object on search_waiting (object, id);
