/** `example`: runs a program in `examples/` with the client of this checkout. */
import { globSync, readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { basename } from 'node:path'
import { CommandError, defineCommand } from '../../src/cli/shared/command.ts'
import { DEFAULT_URL } from '../../src/cli/shared/options.ts'
import { PROJECT } from '../shared/settings.ts'

const CLIENT = new URL('src/client/index.ts', PROJECT).href

export const example = defineCommand({
  description: `Runs a program in the examples directory with the Node.js that is installed with the project, which runs
TypeScript, and with the client of this checkout.`,
  arguments: {
    name: { description: 'the name of the program, such as find-a-model' },
    arguments: { description: 'the arguments of the program', isOptional: true, isRepeated: true },
  },
  options: {},
  environment: { REGISTRY_URL: `the address of the registry (default: ${DEFAULT_URL})` },
  examples: ['find-a-model', 'choose-effort low'],
  async run({ args }) {
    const names = runnableExamples()
    if (!names.includes(args.name))
      throw new CommandError(`Cannot run the example "${args.name}": not one of ${names.join(', ')}`)
    // The client does not have to be built first, which needs dependencies of the tests.
    registerHooks({
      resolve: (specifier, context, next) => next(specifier === '@rttnd/llm' ? CLIENT : specifier, context),
    })
    process.argv = [process.execPath, args.name, ...args.arguments]
    await import(new URL(`examples/${args.name}.ts`, PROJECT).href)
    return 0
  },
})

/** Others run in a page or a Worker. */
function runnableExamples(): string[] {
  const files = globSync('examples/*.ts', { cwd: PROJECT }).sort()
  const runnable = files.filter((file) => readFileSync(new URL(file, PROJECT), 'utf8').includes('REGISTRY_URL'))
  return runnable.map((file) => basename(file, '.ts'))
}
