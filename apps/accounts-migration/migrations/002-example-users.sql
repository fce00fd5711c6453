INSERT INTO users (name)
SELECT name FROM (VALUES ('Ada Lovelace'), ('Grace Hopper')) AS example (name)
WHERE NOT EXISTS (SELECT FROM users);
