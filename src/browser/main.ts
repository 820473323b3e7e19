/** The script of the pages. Every page works without it; it saves a round trip where the browser can answer itself. */
import { closePanels } from './panels.ts'

closePanels()
