import { SEED, STAFF } from '../../simulators/index.cts';
import type { ServiceName } from '../../simulators/index.cts';
import { AWORK_CLIENT } from './desk.cts';
import type { Desk } from './desk.cts';
import { expectTexts } from './editor.cts';
import { deactivation, OURS, workflowWith } from './workflows.cts';

/** A credential type that n8n tests when it is saved. */
interface Tested {
	readonly type: string;
	readonly service: ServiceName;
	/** Its fields as an admin sees them first. */
	readonly labels: readonly string[];
	/** What is filled in besides the address. */
	readonly good: Readonly<Record<string, string>>;
	/** The same, but the service does not know it. */
	readonly bad: Readonly<Record<string, string>>;
	/** What the admin reads about the bad one. */
	readonly refusal: RegExp;
	/** What the admin reads if the address leads elsewhere. */
	readonly wrongAddress: RegExp;
}

const ADDRESS = ['Base URL *', 'Allow Unencrypted HTTP'];
/** n8n's own field in every credential. */
const DOMAINS = 'Allowed HTTP Request Domains';
const CHECK_ADDRESS = /Check 'Base URL'/;

const bad = { apiKey: 'a-key-that-nobody-knows' };

const TESTED: readonly Tested[] = [
	...(['langdock', 'odeus'] as const).map((service) => ({
		type: service === 'langdock' ? 'Langdock Admin API' : 'Odeus Admin API',
		service,
		labels: ['API Key *', ...ADDRESS, DOMAINS],
		good: { apiKey: SEED[service].secrets.valid },
		bad,
		refusal: /rejected the credential\. .* a workspace key, not a personal one/,
		wrongAddress: CHECK_ADDRESS,
	})),
	{
		type: 'Aitronos Admin API',
		service: 'aitronos',
		labels: ['Authentication', 'API Key *', ...ADDRESS, DOMAINS],
		good: { apiKey: SEED.aitronos.secrets.valid },
		bad,
		refusal: /Aitronos rejected the credential/,
		wrongAddress: CHECK_ADDRESS,
	},
	{
		type: 'ZITADEL Admin API',
		service: 'zitadel',
		labels: ['Instance URL *', 'Allow Unencrypted HTTP', 'Personal Access Token *', DOMAINS],
		good: { accessToken: SEED.zitadel.secrets.valid },
		bad: { accessToken: 'a-token-that-nobody-knows' },
		refusal: /ZITADEL rejected the credential/,
		wrongAddress: /Check 'Instance URL'/,
	},
	{
		type: 'ZITADEL Client Credentials API',
		service: 'zitadel',
		labels: ['Instance URL *', 'Allow Unencrypted HTTP', 'Client ID *', 'Client Secret *', DOMAINS],
		good: { clientId: SEED.zitadel.client.id, clientSecret: SEED.zitadel.client.secret },
		bad: { clientId: SEED.zitadel.client.id, clientSecret: 'a-secret-that-nobody-knows' },
		refusal:
			/Couldn't get an access token with this credential\. Check client ID and client secret/,
		wrongAddress: /Check 'Instance URL'/,
	},
	{
		type: 'Awork Admin API',
		service: 'awork',
		labels: ['API Key *', ...ADDRESS, DOMAINS],
		good: { apiKey: SEED.awork.secrets.valid },
		bad,
		refusal: /awork rejected the credential/,
		wrongAddress: CHECK_ADDRESS,
	},
];

/** What people see when they make a credential: good, bad, or with the wrong address. */
export function describeCredentials(desk: Desk): void {
	describe.each(TESTED)('$type', ({ type, service, labels, ...tested }) => {
		test('shows its fields, is tested when it is saved, and says what is wrong', async () => {
			await desk.use(`${type} test`, async ({ credential }) => {
				const { baseUrl } = desk.simulators[service];
				await credential.create(type);
				await expectTexts(credential.labels, labels);

				await credential.fill({ baseUrl, ...tested.bad });
				await credential.save();
				const refusal = await credential.failure();
				expect(refusal).toMatch(tested.refusal);

				await credential.fill({ baseUrl: `${baseUrl}/nowhere`, ...tested.good });
				await credential.save();
				expect(await credential.failure()).toMatch(tested.wrongAddress);

				await credential.fill({ baseUrl, ...tested.good });
				await credential.save();
				await credential.success.waitFor();
			});
		});
	});

	describe('Awork Admin OAuth2 API', () => {
		const type = 'Awork Admin OAuth2 API';
		const { clientId, clientSecret } = AWORK_CLIENT;

		test('shows its fields, lets people sign in, and then the node may do its work', async () => {
			await desk.use(`${type} connect`, async (editor) => {
				const { credential } = editor;
				await credential.create(type);
				await expectTexts(credential.labels, [
					'Client ID *',
					'Client Secret *',
					DOMAINS,
					...ADDRESS,
				]);
				await credential.root.getByText('/rest/oauth2-credential/callback').waitFor();
				const { baseUrl } = desk.simulators.awork;
				await credential.fill({ baseUrl, clientId, clientSecret });
				const window = await credential.connect();
				await window.getByRole('link', { name: 'Allow' }).click();
				await credential.connected.waitFor();
				const name = await credential.name.innerText();

				const { email } = STAFF.leaver;
				const parameters = deactivation('awork', email);
				await editor.openWorkflow(await desk.saveWorkflow(workflowWith('awork', { parameters })));
				const node = await editor.openNode(OURS);
				await node.chooseCredential(name);
				await node.execute();
				expect(await node.output.items()).toEqual([
					expect.objectContaining({ outcome: 'deactivated', email }),
				]);
			});
		});

		test('says so if awork does not know the client', async () => {
			await desk.use(`${type} wrong secret`, async ({ credential }) => {
				await credential.create(type);
				await credential.fill({ clientId, clientSecret: 'a-secret-that-nobody-knows' });
				const window = await credential.connect();
				await window.getByRole('link', { name: 'Allow' }).click();
				await window.getByText('Failed to connect').waitFor();
				expect(await credential.connected.isVisible()).toBe(false);
			});
		});
	});
}
