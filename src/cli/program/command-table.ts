/** The commands of a program by their names. A command is loaded only when it is named on the command line. */
import type { Command } from '../shared/command.ts'

export interface CommandEntry {
  /** Half a sentence, for lists of commands. */
  summary: string
  load(): Promise<Command>
  /** How it is run if not with the name of the program, such as `npm start --`. */
  runAs?: string
}

export interface CommandGroup {
  summary: string
  commands: CommandTable
}

export type CommandTable = Record<string, CommandEntry | CommandGroup>

export interface Program {
  /** As it is typed. */
  name: string
  description: string
  /** Absent for a program that is not published. */
  version?: string
  commands: CommandTable
}
