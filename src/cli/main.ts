#!/usr/bin/env node
/** The published program, `llm-registry`. It is compiled into one file, which needs nothing but Node.js. */
import { runProcess } from './program/run-process.ts'
import { PUBLISHED_COMMANDS } from './published-commands.ts'
import { VERSION } from './version.ts'

await runProcess({
  name: 'llm-registry',
  description: 'Reads, checks and administers LLM registries.',
  version: VERSION,
  commands: PUBLISHED_COMMANDS,
})
