CREATE TABLE `accepted` (
	`source` text NOT NULL,
	`provider` text NOT NULL,
	`pull_id` integer,
	`digest` text NOT NULL,
	`totals` text NOT NULL,
	`body` blob NOT NULL,
	PRIMARY KEY(`source`, `provider`)
);
--> statement-breakpoint
CREATE TABLE `creator_providers` (
	`creator_id` text PRIMARY KEY NOT NULL,
	`provider` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `diffs` (
	`seq` integer PRIMARY KEY NOT NULL,
	`body` blob NOT NULL
);
--> statement-breakpoint
CREATE TABLE `entities` (
	`id` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`provider` text NOT NULL,
	`value` text NOT NULL,
	`first_seq` integer NOT NULL,
	`gone_seq` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `entities_key` ON `entities` (`kind`,`provider`,`value`);--> statement-breakpoint
CREATE INDEX `entities_beyond_ascii` ON `entities` (`provider`) WHERE octet_length(value) > length(value);--> statement-breakpoint
CREATE TABLE `holds` (
	`source` text NOT NULL,
	`provider` text NOT NULL,
	`pull_id` integer NOT NULL,
	`at` integer NOT NULL,
	`reasons` text NOT NULL,
	`rows` blob NOT NULL,
	PRIMARY KEY(`source`, `provider`)
);
--> statement-breakpoint
CREATE TABLE `jobs` (
	`name` text PRIMARY KEY NOT NULL,
	`due_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `manifest_digests` (
	`seq` integer PRIMARY KEY NOT NULL,
	`digest` text NOT NULL
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
CREATE TABLE `part_bodies` (
	`digest` text PRIMARY KEY NOT NULL,
	`provider_bytes` integer NOT NULL,
	`body` blob NOT NULL
);
--> statement-breakpoint
CREATE TABLE `part_inputs` (
	`provider` text PRIMARY KEY NOT NULL,
	`digest` text NOT NULL,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `parts` (
	`provider` text NOT NULL,
	`from_seq` integer NOT NULL,
	`to_seq` integer,
	`digest` text NOT NULL,
	PRIMARY KEY(`provider`, `from_seq`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `parts_open` ON `parts` (`provider`) WHERE to_seq is null;--> statement-breakpoint
CREATE INDEX `parts_from_seq` ON `parts` (`from_seq`);--> statement-breakpoint
CREATE INDEX `parts_digest` ON `parts` (`digest`);--> statement-breakpoint
CREATE TABLE `pulls` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`source` text NOT NULL,
	`at` integer NOT NULL,
	`outcome` text NOT NULL,
	`origin` text NOT NULL,
	`forced` integer NOT NULL,
	`code` text,
	`detail` text,
	`reasons` text,
	`tier` text,
	`index_version` real,
	`models` integer,
	`providers` integer,
	`rate_limit_remaining` integer,
	`seq` integer,
	`digest` text,
	`unread` text,
	`payload` blob
);
--> statement-breakpoint
CREATE INDEX `pulls_at` ON `pulls` (`source`,`at`);--> statement-breakpoint
CREATE INDEX `pulls_outcome` ON `pulls` (`source`,`outcome`,`at`);--> statement-breakpoint
CREATE TABLE `readings` (
	`source` text NOT NULL,
	`provider` text NOT NULL,
	`digest` text NOT NULL,
	`build` integer NOT NULL,
	`body` text NOT NULL,
	PRIMARY KEY(`source`, `provider`)
);
--> statement-breakpoint
CREATE TABLE `remembered` (
	`provider` text NOT NULL,
	`value` text NOT NULL,
	`body` text NOT NULL,
	PRIMARY KEY(`provider`, `value`)
);
--> statement-breakpoint
CREATE TABLE `revisions` (
	`id` integer PRIMARY KEY NOT NULL,
	`entity_id` integer NOT NULL,
	`from_seq` integer NOT NULL,
	`to_seq` integer,
	`body` text NOT NULL,
	FOREIGN KEY (`entity_id`) REFERENCES `entities`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `revisions_from` ON `revisions` (`entity_id`,`from_seq`);--> statement-breakpoint
CREATE UNIQUE INDEX `revisions_open` ON `revisions` (`entity_id`) WHERE to_seq is null;--> statement-breakpoint
CREATE INDEX `revisions_from_seq` ON `revisions` (`from_seq`);--> statement-breakpoint
CREATE INDEX `revisions_to_seq` ON `revisions` (`to_seq`) WHERE to_seq is not null;--> statement-breakpoint
CREATE TABLE `source_parts` (
	`provider` text PRIMARY KEY NOT NULL,
	`inputs` text NOT NULL,
	`digest` text NOT NULL,
	`body` blob
);
--> statement-breakpoint
CREATE TABLE `state` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `versions` (
	`seq` integer PRIMARY KEY NOT NULL,
	`version` text NOT NULL,
	`root` text NOT NULL,
	`generated_at` integer NOT NULL,
	`committed_at` integer NOT NULL,
	`recorded_at` integer,
	`previous` text,
	`cause` text NOT NULL,
	`providers` integer NOT NULL,
	`models` integer NOT NULL,
	`added` integer NOT NULL,
	`removed` integer NOT NULL,
	`changed` integer NOT NULL,
	`attribution` text NOT NULL,
	`iq_basis` text,
	`iq_scale` text,
	`chain` text NOT NULL,
	`pull_id` integer,
	`override_id` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `versions_root` ON `versions` (`root`,`seq`);--> statement-breakpoint
CREATE INDEX `versions_committed_at` ON `versions` (`committed_at`);