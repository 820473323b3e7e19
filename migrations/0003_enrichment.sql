CREATE TABLE `enrichments` (
	`source` text PRIMARY KEY NOT NULL,
	`url` text NOT NULL,
	`etag` text,
	`heard_at` integer NOT NULL,
	`digest` text NOT NULL,
	`payload` blob NOT NULL
);
