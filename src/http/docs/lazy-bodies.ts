/** The schemas of bodies, evaluated on first use. */
export const bodies = () => import('./bodies.ts')
