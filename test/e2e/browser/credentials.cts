import { SEED, STAFF } from '../../simulators/index.cts';
import { AWORK_CLIENT } from './awork-sign-in.cts';
import type { Desk } from './desk.cts';
import { expectTexts } from './editor.cts';
import { deactivation, OURS, workflowWith } from './workflows.cts';

/** n8n's own field in every credential. */
const DOMAINS = 'Allowed HTTP Request Domains';
const { client } = SEED.zitadel;

/** A credential type with a key and one whose token is fetched: its fields, what is needed, a good one. */
const TESTED = [
	{
		type: 'Langdock Admin API',
		service: 'langdock',
		labels: ['API Key *', 'Base URL *', 'Allow Unencrypted HTTP', DOMAINS],
		needed: 'USER_MANAGEMENT_API',
		good: { apiKey: SEED.langdock.secrets.valid },
	},
	{
		type: 'ZITADEL Client Credentials API',
		service: 'zitadel',
		labels: ['Instance URL *', 'Allow Unencrypted HTTP', 'Client ID *', 'Client Secret *', DOMAINS],
		needed: 'ORG_USER_MANAGER',
		good: { clientId: client.id, clientSecret: client.secret },
	},
] as const;

/** What people see when they make a credential: good, bad, or with the wrong address. */
export function describeCredentials(desk: Desk): void {
	test.each(TESTED)('$type says what it needs, and is tested', async (one) => {
		const { type, service, labels, needed, good } = one;
		await desk.use(async ({ credential }) => {
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
		await desk.use(async (editor) => {
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
