/** How deep a reply may be nested. What has no end exhausts the stack of whatever walks it. */

/** The rows of Artificial Analysis are 4 levels deep, the models of models.dev 6. */
export const MAX_DEPTH = 32

export function isTooDeep(json: unknown): boolean {
  return isDeeper(json, MAX_DEPTH)
}

function isDeeper(json: unknown, levels: number): boolean {
  if (typeof json !== 'object' || json === null) return false
  return levels === 0 || Object.values(json).some((member) => isDeeper(member, levels - 1))
}
