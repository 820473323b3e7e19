/** The parts of a command's help that commander does not provide, and its formatting. */
import type { HelpConfiguration } from 'commander'
import type { Command } from '../shared/command.ts'
import { labelledLines } from '../shared/table.ts'
import { styled } from '../shared/terminal.ts'

/** Commander strips the colours if the output has none. */
export const helpStyle: HelpConfiguration = {
  styleTitle: title,
  styleSubcommandText: cyan,
  styleOptionText: cyan,
  styleArgumentText: cyan,
}

const EXIT_CODES = { 0: 'done', 1: 'failed; the reason is on standard error' }

/** What comes after the options. */
export function helpEnd({ environment = {}, exitCodes, examples = [] }: Command, path: string): string {
  const sections = [
    section('Environment', labelledLines(Object.entries(environment))),
    section('Exit codes', labelledLines(Object.entries({ ...EXIT_CODES, ...exitCodes }))),
    section(
      'Examples',
      examples.map((line) => `${path} ${line}`),
    ),
  ]
  return sections.filter((text) => text !== '').join('\n\n')
}

/** Commander wraps each paragraph. */
export function paragraphs(text: string): string {
  return text
    .split('\n\n')
    .map((paragraph) => paragraph.replaceAll('\n', ' '))
    .join('\n\n')
}

function section(heading: string, lines: string[]): string {
  return lines.length === 0 ? '' : [title(`${heading}:`), ...lines.map((line) => `  ${line}`)].join('\n')
}

function title(text: string): string {
  return styled('bold', text)
}

function cyan(text: string): string {
  return styled('cyan', text)
}
