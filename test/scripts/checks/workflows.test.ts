import { describe, expect, it } from 'vitest'
import { workflowComplaints } from '../../../scripts/checks/workflow-complaints.ts'

const COMMIT = '3d3c42e5aac5ba805825da76410c181273ba90b1'

function workflow({ uses = `actions/checkout@${COMMIT} # v7.0.1`, job = 'runs-on: ubuntu-latest' } = {}): string {
  return `on: push\njobs:\n  test:\n    ${job}\n    steps:\n      - uses: ${uses}\n      - run: echo done\n`
}

describe('workflowComplaints()', () => {
  it('finds nothing wrong with a sound workflow', async () => {
    expect(await workflowComplaints('ci.yml', workflow())).toEqual([])
  })

  it('reports what actionlint finds', async () => {
    const [complaint, ...others] = await workflowComplaints('ci.yml', workflow({ job: 'runs-on: ubuntu-newest' }))
    expect(complaint).toMatch(/^ci\.yml:4:\d+: .*"ubuntu-newest"/)
    expect(others).toEqual([])
    const untrusted = workflow().replace('echo done', `echo \${{ github.event.pull_request.title }}`)
    expect((await workflowComplaints('ci.yml', untrusted)).join()).toContain('potentially untrusted')
  })

  it.each(['actions/checkout@v7', `actions/checkout@${COMMIT}`, `actions/checkout@${COMMIT.slice(1)} # v7.0.1`])(
    'requires "%s" to be pinned',
    async (uses) => {
      expect(await workflowComplaints('ci.yml', workflow({ uses }))).toEqual([expect.stringContaining('is not pinned')])
    },
  )
})
