/** An empty Hono app: what the start-up and the size of the Worker are compared with. */
import { Hono } from 'hono'

export default new Hono()
