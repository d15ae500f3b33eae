import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INodeTypeDescription } from 'n8n-workflow';
import type { BrowserContext, Page } from 'playwright-core';
import { SERVICES } from '../../../nodes/OffboardUser/services';
import { credentialsFor } from '../../host/offboarding.cts';
import { OWNER } from '../../host/owner.cts';
import { serve, type Served } from '../../host/served.cts';
import { packed } from '../../package/packed.cts';
import { SERVICE_NAMES, startSimulators } from '../../simulators/index.cts';
import type { ServiceName, Simulators } from '../../simulators/index.cts';
import { startAworkSignIn } from './awork-sign-in.cts';
import { launchChromium } from './chromium.cts';
import { editorPage, type EditorPage } from './editor.cts';
import { OURS, workflowWith } from './workflows.cts';

/** Milliseconds. n8n answers within a second or two; a busy machine takes its time. */
const PATIENCE = 30_000;

/** Pictures for the documentation are wanted, and they are seen on sharp screens too. */
export const UPDATE_IMAGES = process.env['UPDATE_IMAGES'] === '1';

/** A real n8n with the package, the simulators and a browser in which its owner has signed in. */
export class Desk {
	simulators!: Simulators;
	private n8n!: Served;
	private context!: BrowserContext;

	/** What has to be ended, in the order in which it was started. */
	private readonly started: Array<() => Promise<void>> = [];

	async open(): Promise<void> {
		// First, because it is what a machine may lack.
		const browser = await launchChromium();
		this.started.push(async () => await browser.close());
		this.simulators = await startSimulators();
		this.started.push(async () => await this.simulators.close());
		const signIn = await startAworkSignIn();
		this.started.push(async () => await signIn.close());
		const { baseUrl } = this.simulators.awork;
		const settings = {
			// n8n's own setting for another address than a credential type has.
			CREDENTIALS_OVERWRITE_DATA: JSON.stringify({
				aworkAdminOAuth2Api: {
					authUrl: `${signIn.url}/authorize`,
					accessTokenUrl: `${signIn.url}/token`,
					baseUrl,
				},
			}),
		};
		const credentials = credentialsFor(this.simulators).map((one) => ({
			...one,
			...namedAfter(one.id),
		}));
		this.n8n = await serve(packed().tarball, settings, credentials);
		this.started.push(async () => await this.n8n.stop());

		this.context = await browser.newContext({
			baseURL: this.n8n.instance.url,
			viewport: { width: 1280, height: 800 },
			deviceScaleFactor: UPDATE_IMAGES ? 1.5 : 1,
			locale: 'en-US',
			timezoneId: 'UTC',
			colorScheme: 'light',
			reducedMotion: 'reduce',
		});
		this.context.setDefaultTimeout(PATIENCE);
		await this.use(async (editor) => await editor.signIn(OWNER));
	}

	async close(): Promise<void> {
		for (const end of this.started.reverse()) await end();
	}

	/** Saves a workflow and returns its ID. */
	async saveWorkflow(workflow: object): Promise<string> {
		return await this.n8n.editor.save(workflow);
	}

	/**
	 * Lets somebody work in a tab of its own, with all services as they were at first. If that
	 * fails, a picture of the tab is kept, and the error says where.
	 */
	async use(work: (editor: EditorPage) => Promise<void>): Promise<void> {
		this.simulators.reset();
		const page = await this.context.newPage();
		try {
			await work(editorPage(page));
		} catch (error) {
			await keepPicture(page, error);
			throw error;
		} finally {
			await page.close();
		}
	}

	/** Lets somebody work in an open node of ours. */
	async useNode(
		type: Parameters<typeof workflowWith>[0],
		facts: Parameters<typeof workflowWith>[1],
		work: (editor: EditorPage) => Promise<void>,
	): Promise<void> {
		await this.use(async (editor) => {
			await editor.openWorkflow(await this.saveWorkflow(workflowWith(type, facts)));
			await editor.openNode(facts?.name ?? OURS);
			await work(editor);
		});
	}
}

/** What the nodes say of themselves. */
export const DESCRIPTIONS = Object.fromEntries(
	SERVICES.map(({ service, node }) => [service.name, node.description]),
) as Readonly<Record<ServiceName, INodeTypeDescription>>;

/** As people call theirs. */
function namedAfter(id: string): { name?: string } {
	const service = SERVICE_NAMES.find((name) => name === id);
	return service === undefined ? {} : { name: `${DESCRIPTIONS[service].displayName} at Acme` };
}

/** Keeps a picture for whoever looks into a failure; jest shows where it is. */
async function keepPicture(page: Page, error: unknown): Promise<void> {
	const path = join(mkdtempSync(join(tmpdir(), 'n8n-nodes-offboarding-failure-')), 'editor.png');
	// The first failure must not be lost.
	const note = await page.screenshot({ path }).then(() => path, String);
	if (error instanceof Error)
		error.stack = `The editor looked like this: ${note}\n\n${error.stack}`;
}
