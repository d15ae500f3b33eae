import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { temporaryFolder } from '../../host/cleanup.cts';
import { installHost } from '../../host/install.cts';
import { Instance } from '../../host/instance.cts';
import type { CredentialExport } from '../../host/instance.cts';
import { credentialsFor } from '../../host/offboarding.cts';
import { setUpOwner } from '../../host/owner.cts';
import type { Owner } from '../../host/owner.cts';
import { packPackage } from '../../host/pack.cts';
import { Problem } from '../../host/problem.cts';
import { SERVICE_NAMES, startSimulators } from '../../simulators/index.cts';
import type { Simulators } from '../../simulators/index.cts';
import { launchChromium } from './chromium.cts';
import { DESCRIPTIONS } from './descriptions.cts';
import { Editor } from './editor.cts';

/** Milliseconds. n8n answers within a second or two; a busy machine takes its time. */
const PATIENCE = 30_000;

/** Pictures for the documentation are wanted, and they are seen on sharp screens too. */
export const UPDATE_IMAGES = process.env['UPDATE_IMAGES'] === '1';

interface Opened {
	readonly simulators: Simulators;
	readonly context: BrowserContext;
}

/** A real n8n with the package, the simulators and a browser in which its owner has signed in. */
export class Desk {
	private opened: Opened | undefined;

	/** What has to be ended, in the order in which it was started. */
	private readonly started: Array<() => unknown> = [];

	/** Where pictures of failures are. */
	private failures: string | undefined;

	async open(): Promise<void> {
		// First, because it is what a machine may lack.
		const browser = await launchChromium();
		this.started.push(async () => await browser.close());
		const host = await installHost();
		const simulators = await startSimulators();
		this.started.push(async () => await simulators.close());
		const instance = await Instance.create(host);
		this.started.push(() => instance.remove());

		const tarball = temporaryFolder();
		await Promise.all([
			instance.importCredentials(named(credentialsFor(simulators))),
			packPackage(tarball.folder).then(async (path) => await instance.installPackage(path)),
		]);
		tarball.remove();
		const server = await instance.start();
		this.started.push(async () => {
			server.kill('SIGTERM');
			await server.ended;
		});

		const context = await browser.newContext({
			baseURL: instance.url,
			viewport: { width: 1280, height: 800 },
			deviceScaleFactor: UPDATE_IMAGES ? 1.5 : 1,
			locale: 'en-US',
			timezoneId: 'UTC',
			colorScheme: 'light',
			reducedMotion: 'reduce',
		});
		context.setDefaultTimeout(PATIENCE);
		await signIn(context, await setUpOwner(instance.url));
		this.opened = { simulators, context };
	}

	async close(): Promise<void> {
		for (const end of this.started.reverse()) await end();
	}

	get simulators(): Simulators {
		return this.now.simulators;
	}

	/** Saves a workflow and returns its ID. */
	async saveWorkflow(workflow: object): Promise<string> {
		return await this.save('workflows', workflow);
	}

	/** Saves a credential and returns its ID. */
	async saveCredential(credential: Omit<CredentialExport, 'id'>): Promise<string> {
		return await this.save('credentials', credential);
	}

	/**
	 * Lets somebody work in a tab of its own, with all services as they were at first. If that
	 * fails, a picture of the tab is kept, and the error says where.
	 */
	async use(name: string, work: (editor: Editor) => Promise<void>): Promise<void> {
		const { context, simulators } = this.now;
		simulators.reset();
		const page = await context.newPage();
		try {
			await work(new Editor(page));
		} catch (error) {
			throw withNote(error, await this.keepPicture(page, name));
		} finally {
			await page.close();
		}
	}

	private async save(what: string, data: object): Promise<string> {
		const response = await this.now.context.request.post(`/rest/${what}`, { data });
		if (!response.ok()) throw new Problem(`n8n did not save it: ${await response.text()}`);
		const saved = (await response.json()) as { data: { id: string } };
		return saved.data.id;
	}

	private get now(): Opened {
		if (this.opened === undefined) throw new Problem('The editor has not been opened.');
		return this.opened;
	}

	/** Says where the picture is, or why there is none: the first failure must not be lost. */
	private async keepPicture(page: Page, name: string): Promise<string> {
		// In a folder that stays: somebody has to look at it.
		this.failures ??= mkdtempSync(join(tmpdir(), 'n8n-nodes-offboarding-failures-'));
		const path = join(this.failures, `${name.replace(/\W+/g, '-')}.png`);
		try {
			await page.screenshot({ path });
			return `The editor looked like this: ${path}`;
		} catch (error) {
			return `There is no picture of the editor: ${String(error)}`;
		}
	}
}

/** As people name them. */
function named(credentials: readonly CredentialExport[]): CredentialExport[] {
	return credentials.map((credential) => {
		const service = SERVICE_NAMES.find((name) => name === credential.id);
		if (service === undefined) return credential;
		return { ...credential, name: `${DESCRIPTIONS[service].displayName} at Acme` };
	});
}

async function signIn(context: BrowserContext, { email, password }: Owner): Promise<void> {
	const response = await context.request.post('/rest/login', {
		data: { emailOrLdapLoginId: email, password },
	});
	if (!response.ok()) throw new Problem(`n8n let nobody in: ${await response.text()}`);
}

/** Where jest looks for the message. */
function withNote(error: unknown, note: string): unknown {
	if (error instanceof Error) error.stack = `${note}\n\n${error.stack}`;
	return error;
}
