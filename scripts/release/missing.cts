/** What is looked at before a release. */
export interface Release {
	/** package.json. */
	readonly manifest: Manifest;
	readonly changelog: string;
	/** Further shipped files with links to the repository, by path. */
	readonly linked: Readonly<Record<string, string>>;
	/** The repository that this runs in, as in `owner/name`, where GitHub says so. */
	readonly repository?: string | undefined;
	/** The tag that is being published. */
	readonly tag?: string | undefined;
}

/** The parts of package.json that only the owner of the package can fill in. */
export interface Manifest {
	readonly version: string;
	readonly homepage?: string;
	readonly repository?: { readonly url?: string };
	readonly bugs?: { readonly url?: string };
	readonly author?: { readonly email?: string };
}

/** What stands in for the owner on GitHub until there is one. */
const STAND_IN = 'n8n-nodes-offboarding';

const REPOSITORY = /^git\+https:\/\/github\.com\/([\w-]+\/[\w.-]+)\.git$/;

/** What only the owner of the package can fill in and has not filled in yet: a sentence for each. */
export function missing(release: Release): string[] {
	return [
		...repositoryProblems(release),
		...linkProblems(release),
		...authorProblems(release),
		...versionProblems(release),
	];
}

/** npm compares it with the repository that publishes, and refuses the provenance of any other. */
function repositoryProblems({ manifest, repository }: Release): string[] {
	const field = "'repository.url' in package.json";
	const url = manifest.repository?.url ?? '';
	const named = REPOSITORY.exec(url)?.[1];
	if (named === undefined) {
		return [`${field} must be git+https://github.com/<owner>/<name>.git, and is '${url}'.`];
	}
	if (repository !== undefined && repository !== named) {
		return [`${field} names ${named}, and this runs in ${repository}.`];
	}
	return isMadeUp(url, repository) ? [`${field} is made up.`] : [];
}

function linkProblems({ manifest, linked, repository }: Release): string[] {
	const links = {
		"'homepage' in package.json": manifest.homepage,
		"'bugs.url' in package.json": manifest.bugs?.url,
	};
	const bad = Object.entries(links).filter(([, url = '']) => !/^https:\/\/\S+$/.test(url));
	const madeUp = Object.entries({ ...links, ...linked }).filter(([, text = '']) =>
		isMadeUp(text, repository),
	);
	return [
		...bad.map(([field]) => `${field} must be an address that starts with https://.`),
		...madeUp.map(([place]) => `${place} leads to a repository that is made up.`),
	];
}

/** Should the owner take that very name, the repository that this runs in is the proof. */
function isMadeUp(text: string, repository: string | undefined): boolean {
	const isTaken = repository?.startsWith(`${STAND_IN}/`) === true;
	return text.includes(`github.com/${STAND_IN}/`) && !isTaken;
}

function authorProblems({ manifest: { author } }: Release): string[] {
	const email = author?.email ?? '';
	const isAddress = /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email);
	return isAddress && !email.startsWith(`${STAND_IN}@`)
		? []
		: ["'author.email' in package.json must be an address at which the author is reached."];
}

function versionProblems({ manifest: { version }, changelog, tag }: Release): string[] {
	const isDated = changelog
		.split('\n')
		.some((line) => line.startsWith(`## ${version}, `) && /, \d{4}-\d\d-\d\d$/.test(line));
	return [
		...(isDated ? [] : [`CHANGELOG.md must have the heading '## ${version}, <YYYY-MM-DD>'.`]),
		...(tag === undefined || tag === `v${version}`
			? []
			: [`The tag is ${tag}, and the version in package.json is ${version}.`]),
	];
}
