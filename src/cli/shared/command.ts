/** The definition of a command: its arguments, options, help and code. It gets what it uses of the process as an argument. */
import type { Output, Paint } from './terminal.ts'

/** An expected failure, worded so that the user can act. Anything else that is thrown is a bug and keeps its stack. */
export class CommandError extends Error {}

export interface Context {
  env: Record<string, string | undefined>
  /** The results of the command. */
  output: Output
  /** Progress and warnings. */
  notes: Output
  paint: Paint
  /** Asks the user a question that is answered with yes or no. Absent without a terminal. */
  confirm?: (question: string) => Promise<boolean>
  /** Unix milliseconds. */
  now(): number
  /** Aborted when the process receives a signal to end, which then no longer ends it. */
  stopSignal(): AbortSignal
}

export interface Argument {
  description: string
  isOptional?: true
  /** Takes all remaining arguments. */
  isRepeated?: true
}

interface OptionBase {
  description: string
  /** A letter. */
  short?: string
}

export interface FlagOption extends OptionBase {
  type: 'boolean'
}

export interface ValueOption extends OptionBase {
  type: 'string'
  /** What the help calls its value. */
  value: string
  default?: string
  isRequired?: true
}

/** By their names, in the order of the command line. */
export type Arguments = Record<string, Argument>
/** By their long names. */
export type Options = Record<string, FlagOption | ValueOption>

export interface Command<A extends Arguments = Arguments, O extends Options = Options> {
  /** Whole sentences; an empty line begins a paragraph, and other line breaks are spaces. */
  description: string
  arguments?: A
  options: O
  /** The variables that it reads, with their purposes. */
  environment?: Record<string, string>
  /** The meaning of its exit codes, if there are others than success and failure. */
  exitCodes?: Record<number, string>
  /** As typed after the name of the program. */
  examples?: string[]
  /** Unknown options are passed to another program, in `rest`. */
  isWrapper?: true
  /** Returns the exit code. */
  run(given: Given<A, O>, context: Context): Promise<number>
}

/** What was given on the command line. */
export interface Given<A extends Arguments, O extends Options> {
  args: { [Name in keyof A]: ArgumentValue<A[Name]> }
  values: { [Name in keyof O]: OptionValue<O[Name]> }
  /** Everything after the name of the command, as it was typed. */
  rest: string[]
}

type ArgumentValue<A extends Argument> = A extends { isRepeated: true }
  ? string[]
  : A extends { isOptional: true }
    ? string | undefined
    : string

type OptionValue<O extends FlagOption | ValueOption> = O extends FlagOption
  ? boolean
  : O extends { default: string } | { isRequired: true }
    ? string
    : string | undefined

/** Keeps the names of arguments and options in the type. */
export function defineCommand<const O extends Options, const A extends Arguments = Record<never, Argument>>(
  command: Command<A, O>,
): Command<A, O> {
  return command
}
