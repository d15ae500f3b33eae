import { SEED, STAFF } from '../../simulators/index.cts';
import type { ServiceName } from '../../simulators/index.cts';
import { AWORK_CLIENT } from './desk.cts';
import type { Desk } from './desk.cts';
import { expectTexts } from './editor.cts';
import { deactivation, OURS, workflowWith } from './workflows.cts';

/** n8n's own field in every credential. */
const DOMAINS = 'Allowed HTTP Request Domains';
const KEY = ['API Key *', 'Base URL *', 'Allow Unencrypted HTTP', DOMAINS];
const INSTANCE = ['Instance URL *', 'Allow Unencrypted HTTP'];
const { client } = SEED.zitadel;

/** The credential types that n8n tests when they are saved: their fields, what is needed, a good one. */
const TESTED: ReadonlyArray<
	readonly [
		type: string,
		service: ServiceName,
		labels: readonly string[],
		needed: string,
		good: Readonly<Record<string, string>>,
	]
> = [
	...(['Langdock', 'Odeus'] as const).map((name) => {
		const service = name === 'Langdock' ? 'langdock' : 'odeus';
		const good = { apiKey: SEED[service].secrets.valid };
		return [`${name} Admin API`, service, KEY, 'USER_MANAGEMENT_API', good] as const;
	}),
	[
		'Aitronos Admin API',
		'aitronos',
		['Authentication', ...KEY],
		'deactivate_users',
		{ apiKey: SEED.aitronos.secrets.valid },
	],
	[
		'ZITADEL Admin API',
		'zitadel',
		[...INSTANCE, 'Personal Access Token *', DOMAINS],
		'ORG_USER_MANAGER',
		{ accessToken: SEED.zitadel.secrets.valid },
	],
	[
		'ZITADEL Client Credentials API',
		'zitadel',
		[...INSTANCE, 'Client ID *', 'Client Secret *', DOMAINS],
		'ORG_USER_MANAGER',
		{ clientId: client.id, clientSecret: client.secret },
	],
	['Awork Admin API', 'awork', KEY, 'user-manage-config', { apiKey: SEED.awork.secrets.valid }],
];

/** What people see when they make a credential: good, bad, or with the wrong address. */
export function describeCredentials(desk: Desk): void {
	test.each(TESTED)('%s says what it needs, and is tested', async (type, service, ...expected) => {
		const [labels, needed, good] = expected;
		await desk.use(`${type} test`, async ({ credential }) => {
			await credential.create(type);
			await expectTexts(credential.labels, labels);
			expect(await credential.notice.innerText()).toContain(needed);
			const steps = credential.notice.getByRole('link', { name: 'Show the steps' });
			expect(await steps.getAttribute('href')).toContain(`/docs/${service}.md#`);

			const { baseUrl } = desk.simulators[service];
			await credential.fill({ baseUrl: `${baseUrl}/nowhere`, ...good });
			await credential.save();
			expect(await credential.failure()).toMatch(/Check '(Base|Instance) URL' in the credential/);

			await credential.fill({ baseUrl });
			await credential.save();
			await credential.success.waitFor();
		});
	});

	test('Awork Admin OAuth2 API lets people sign in, and then the node may do its work', async () => {
		const { clientId, clientSecret } = AWORK_CLIENT;
		const { email } = STAFF.leaver;
		const parameters = deactivation('awork', email);
		await desk.use('awork connect', async (editor) => {
			const { credential } = editor;
			await credential.create('Awork Admin OAuth2 API');
			await expectTexts(credential.labels, ['Client ID *', 'Client Secret *', DOMAINS]);
			expect(await credential.notice.innerText()).toContain('enter the OAuth redirect URL there');
			await credential.root.getByText('/rest/oauth2-credential/callback').waitFor();
			await credential.fill({ clientId, clientSecret });
			const window = await credential.connect();
			await window.getByRole('link', { name: 'Allow' }).click();
			await credential.connected.waitFor();
			const name = await credential.name.innerText();

			await editor.openWorkflow(await desk.saveWorkflow(workflowWith('awork', { parameters })));
			const node = await editor.openNode(OURS);
			await node.chooseCredential(name);
			await node.execute();
			expect(await node.output.items()).toEqual([
				expect.objectContaining({ outcome: 'deactivated', email }),
			]);
		});
	});
}
