CREATE TABLE `diffs` (
	`seq` integer PRIMARY KEY NOT NULL,
	`body` blob NOT NULL
);
--> statement-breakpoint
CREATE TABLE `overrides` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`provider` text NOT NULL,
	`value` text NOT NULL,
	`body` text
);
--> statement-breakpoint
CREATE INDEX `overrides_target` ON `overrides` (`provider`,`value`,`id`);--> statement-breakpoint
CREATE TABLE `remembered` (
	`provider` text NOT NULL,
	`value` text NOT NULL,
	`body` text NOT NULL,
	PRIMARY KEY(`provider`, `value`)
);
