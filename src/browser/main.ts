/**
 * The script of the pages. Every page works without it; it saves a round trip where the browser can do the work itself.
 */
import { startCalculator } from './calculator.ts'
import { showFolded } from './folded.ts'
import { startList } from './list.ts'
import { closePanels } from './panels.ts'

closePanels()
showFolded()
startList()
startCalculator()
