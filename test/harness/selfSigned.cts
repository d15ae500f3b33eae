import { execFileSync } from 'node:child_process';

/** A private key and a certificate for it, in PEM. */
export type Certificate = ReturnType<typeof selfSigned>;

/**
 * A certificate that its own key has signed, as companies make them for servers of their own. Made
 * here, so that no private key lies in the repository.
 */
export function selfSigned(hostName: string) {
	const options = [
		...['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', '-'],
		...['-subj', '/CN=Offboarding tests', '-addext', `subjectAltName=DNS:${hostName}`],
	];
	const pem = execFileSync('openssl', ['req', '-x509', ...options], {
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	const [, key = '', cert = ''] = /^(.*?)(-----BEGIN CERTIFICATE.*)$/s.exec(pem) ?? [];
	return { key, cert };
}
