/**
 * The KV namespaces that a Worker's earlier deployments made. Wrangler makes the namespace of a binding that has no id,
 * under a title made of both names. Where it then does not learn that the Worker has it, such as in a build without the
 * file it wrote the id into, it makes it again and fails, because the title is taken.
 */
import * as z from 'zod'
import { parseListOutput } from '../shared/wrangler.ts'

const Namespaces = z.array(z.object({ id: z.string(), title: z.string() }))

/** The title that wrangler gives. */
export function namespaceTitle(worker: string, binding: string): string {
  return `${worker}-${binding.toLowerCase().replaceAll('_', '-')}`
}

/** The ids by binding of those that exist. `undefined` if the output is not a list of namespaces. */
export function namespaceIds(worker: string, bindings: string[], output: string): Map<string, string> | undefined {
  const list = Namespaces.safeParse(parseListOutput(output))
  if (!list.success) return undefined
  return new Map(
    bindings.flatMap((binding) => {
      const found = list.data.find(({ title }) => title === namespaceTitle(worker, binding))
      return found ? [[binding, found.id] as const] : []
    }),
  )
}
