/**
 * The KV namespaces that a Worker's earlier deployments created. Wrangler creates the namespace of a binding without an id,
 * with a title made of both names. If it does not find out that the namespace exists, such as in a build without the file
 * that it wrote the id to, it tries to create it again and fails, because the title is taken.
 */
import * as z from 'zod'
import { parseListOutput } from '../shared/wrangler.ts'

const Namespaces = z.array(z.object({ id: z.string(), title: z.string() }))

/** The title that wrangler uses. */
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
