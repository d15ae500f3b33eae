import { exampleWorkflow, SIGN_IN } from '../../host/offboarding.cts';
import { STAFF } from '../../simulators/index.cts';
import { launchChromium } from '../browser/chromium.cts';
import { UPDATE_IMAGES } from '../browser/desk.cts';
import { take } from '../browser/pictures.cts';
import type { Office } from './office.cts';

const TRIGGER = 'Every Week';
const { email } = STAFF.leaver;

export function describeLedger(office: Office): void {
	let offboarding: string;
	beforeAll(async () => {
		offboarding = await office.n8n.editor.save(offboardingInto(office.ledger));
	});

	/** What IT is told after a re-check, which changes nothing. */
	const report = async (): Promise<string> => {
		await office.run(office.ledger, TRIGGER);
		expect(office.changed()).toEqual([]);
		expect(office.outside.messages).toHaveLength(1);
		return String(office.outside.messages[0]);
	};
	const address = async (query: string): Promise<string> =>
		`${await office.n8n.instance.webhook('offboarding-evidence', 'GET')}${query}`;
	const page = async (query: string): Promise<string> => {
		const url = await address(query);
		expect((await fetch(url)).status).toBe(401);
		const answer = await fetch(url, { headers: office.signedIn });
		expect(answer.headers.get('content-type')).toContain('text/html');
		return await answer.text();
	};

	test('keeps what was done, and tells who came back to life', async () => {
		office.simulators.odeus.next({ kind: 'status', status: 403 }, { times: 9 });
		await office.run(offboarding, 'Start');
		expect(office.changed()).toHaveLength(5);
		const off = { email, status: 'off', outcome: 'deactivated', changed: true };
		expect(await office.ledgerRows(email)).toEqual([
			expect.objectContaining({ ...off, service: 'langdock', verified: false }),
			expect.objectContaining({ service: 'odeus', status: 'open', changed: false }),
			expect.objectContaining({ ...off, service: 'aitronos', verified: true }),
			expect.objectContaining({ ...off, service: 'zitadel', stateBefore: 'active' }),
			expect.objectContaining({ ...off, service: 'awork', stateAfter: 'deactivated' }),
			expect.objectContaining({ ...off, service: 'scim', verified: true }),
		]);

		const first = await report();
		expect(first).toMatch(/Still open:\n- kim\.lee@.* at odeus: since .*permission/);
		expect(first).toContain('Not re-checked, only as deactivated then: langdock (1).');
		expect(first).toContain('Still off, as read today or confirmed by a person: 4.');

		// What a directory sync does.
		office.reset();
		office.simulators.zitadel.next({ kind: 'status', status: 403 }, { times: 9 });
		const second = await report();
		expect(second).toMatch(/Active again:\n- .* at aitronos: active, although .*\n- .* at awork: /);
		expect(second).toMatch(/Couldn't be re-checked:\n- kim\.lee@.* at zitadel: .*permission/);

		const html = await page(`?email=${email.toUpperCase()}`);
		expect(html).toContain('Not finished: odeus, aitronos, zitadel, awork, scim.');
		expect(html).toContain('verified: read from the service');
		expect(html).toContain('ACTIVE AGAIN');
		await look(await address(`?email=${email}`));
	});

	test('has a page for somebody of whom nothing is known, too', async () => {
		expect(await page('?email=nobody@example.org')).toContain('has no entry for this email');
		expect(await page('')).toContain('has no entry for this email');
	});
}

/** Opens the page in a browser, as wide as the paper it is printed on. */
async function look(url: string): Promise<void> {
	const browser = await launchChromium();
	try {
		const { user: username, password } = SIGN_IN;
		const tab = await browser.newPage({
			httpCredentials: { username, password },
			viewport: { width: 1040, height: 720 },
		});
		await tab.goto(url);
		expect(await tab.getByRole('row').count()).toBeGreaterThan(12);
		const root = tab.locator('html');
		expect(await root.evaluate((html) => html.scrollWidth - html.clientWidth)).toBe(0);
		if (UPDATE_IMAGES) await take('evidence', tab);
	} finally {
		await browser.close();
	}
}

/** The workflow to begin with, which ends in the ledger, whoever is finished or not. */
function offboardingInto(ledger: string) {
	const { nodes, connections } = exampleWorkflow('offboard-leaver', { dryRun: false });
	const call = {
		type: 'n8n-nodes-base.executeWorkflow',
		typeVersion: 1.3,
		parameters: { workflowId: { __rl: true, mode: 'list', value: ledger }, options: {} },
	};
	return {
		name: 'Offboard into the ledger',
		connections,
		nodes: nodes.map((node) => (node.name.endsWith('inished') ? { ...node, ...call } : node)),
	};
}
