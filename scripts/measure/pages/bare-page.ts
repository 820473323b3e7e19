/** The floor of a page: a heading with the style of the pages, from a server that has both ready. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import { CommandError } from '../../../src/cli/shared/command.ts'

export interface BarePage {
  url: string
  close(): void
}

export async function startBarePage(registryUrl: string): Promise<BarePage> {
  const html = await (await fetch(registryUrl)).text()
  const style = /<link rel="stylesheet" href="([^"]+)"/.exec(html)?.[1]
  if (style === undefined) throw new CommandError('Cannot measure the floor of a page: the list has no style')
  const css = await (await fetch(registryUrl + style)).text()
  const page = `<!doctype html><html lang="en"><head><link rel="stylesheet" href="${style}"><title>Bare</title></head><body><h1>Bare</h1></body></html>`
  const server = createServer(({ url }, response) => {
    const [type, text] = url === style ? ['text/css', css] : ['text/html', page]
    response.setHeader('content-type', type).end(text)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() }
}
