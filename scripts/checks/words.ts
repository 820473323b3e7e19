/**
 * Finds words and phrases that this project does not use, in every text that a person reads: source, tests, documents.
 * Each has the plain words that take its place. What a pattern cannot decide is left to readers.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { PROJECT } from '../shared/settings.ts'

const READ = /\.(ts|tsx|md|toml|yml|css|example)$/
/** It quotes what it refuses, and a licence and generated files keep the words of others. */
const LEFT = /^(scripts\/checks\/words\.ts|test\/scripts\/checks\/words\.test\.ts|migrations\/|LICENSE)/

/** The pattern is matched without regard to case. */
const WORDS: [pattern: RegExp, instead: string][] = [
  [/\bno such thing\b/i, 'not found'],
  [/\b(?:came|comes?) to (?:nothing|what)\b|\bwhat (?:it|they|that|each) c[ao]mes? to\b/i, 'the outcome, the result'],
  [/\b(?:tells?|told|telling)\b/i, 'report, say, show, pass, distinguish'],
  [/\b(?:hears?|heard|hearing)\b/i, 'fetch, receive, check'],
  [/(?<!\bthere )(?<!\bwhere )\bis no (?!longer\b|more\b|less\b|later\b|newer\b|older\b|\w+er than\b)\w+/i, 'is not a'],
  [/\bno wish\b/i, 'does not'],
  [/\banew\b/i, 'again, or re- before the verb'],
  [/\bmend(?:s|ed|ing)?\b/i, 'fix, repair'],
  [/\bat hand\b/i, 'available'],
  [/\bin vain\b/i, 'without success'],
  [/\bneeds? a hand\b/i, 'needs attention'],
  [/\b(?:take|takes|took|taken|taking) (?:\w+ ){0,3}back\b/i, 'delete, withdraw'],
  [/\b(?:go|goes|going|went) round\b/i, 'bypass'],
  [/\bleft alone\b/i, 'not changed, or not called before'],
  [/\bsettl(?:e|es|ed|ing|ement)\b/i, 'commit, decide, resolve, final'],
  [/\bheed(?:s|ed|ing)?\b/i, 'follow'],
  [/\bnobody\b/i, 'no one, or name who'],
  [/\bspeaks? of\b/i, 'describes, is about'],
  [/\blays? down\b/i, 'defines'],
  [/\bunder way\b/i, 'running, in progress'],
  [/\bfor ever\b/i, 'forever'],
  [/\b(?:[Ee]very|[Aa]ny|[Ss]ome)body\b/, 'everyone, anyone, someone'],
  [/\bsome \d/i, 'about'],
  [/\bcut short\b/i, 'truncated, interrupted'],
  [/\bas (?:it|they) came\b/i, 'unchanged, in their order'],
  [/\brows? of the history\b/i, 'commit'],
]

/** One line for each use, with what to write instead. */
export function unwantedWords(): string[] {
  const files = execFileSync('git', ['ls-files'], { cwd: fileURLToPath(PROJECT), encoding: 'utf8' }).split('\n')
  return files
    .filter((file) => READ.test(file) && !LEFT.test(file))
    .flatMap((file) => wordsIn(file, readFileSync(new URL(file, PROJECT), 'utf8')))
}

export function wordsIn(file: string, text: string): string[] {
  return text.split('\n').flatMap((line, index) =>
    WORDS.flatMap(([pattern, instead]) => {
      const found = pattern.exec(line)?.[0]
      return found === undefined ? [] : [`${file}:${index + 1}: "${found}": ${instead}`]
    }),
  )
}
