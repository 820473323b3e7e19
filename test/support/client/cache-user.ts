/**
 * A process that shares its cache file with another: `node cache-user.ts URL ROUNDS`. In each round, a new client reads
 * the file, and another one asks the registry. Prints the versions that they read, or fails.
 */
import { createRegistry } from '../../../src/client/index.ts'

const [baseUrl = '', rounds = '1'] = process.argv.slice(2)
const versions: string[] = []
for (let round = 0; round < Number(rounds); round++) {
  for (const forceRefresh of [false, true]) {
    const registry = createRegistry({ baseUrl, cache: 'fs' })
    const { data, error } = await registry.getManifest({ forceRefresh })
    registry.destroy()
    if (error) throw error
    versions.push(data.version)
  }
}
process.stdout.write(JSON.stringify(versions))
