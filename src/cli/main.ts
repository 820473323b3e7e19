#!/usr/bin/env node
/** The published program, `llm-registry`. It is compiled into one file, which needs nothing but Node.js. */
import { runProcess } from './program/run-process.ts'
import { PUBLISHED_PROGRAM } from './published-commands.ts'

await runProcess(PUBLISHED_PROGRAM)
