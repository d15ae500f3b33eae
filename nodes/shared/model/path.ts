import { z } from 'zod';

/** A value whose shape was checked, so that it can be one segment of a URL path. */
export type PathSegment = string & z.BRAND<'PathSegment'>;

/** A path made of literals and checked segments only. */
export type Path = string & z.BRAND<'Path'>;

/** Anything that a URL parser, a proxy or a log could read as more than one plain segment. */
const UNSAFE = /[/\\?#%\s\p{Cc}\p{Cf}\p{Cs}]|^\.{1,2}$/u;

/**
 * Schema of an id that becomes part of a path. `pattern` is the form that the service documents;
 * dot segments, separators and control characters are refused whatever it allows, because
 * `encodeURIComponent('..')` is `..` and the URL parser then removes the segment before it.
 */
export function pathSegment(pattern: RegExp, expected: string) {
	return z
		.string()
		.trim()
		.refine((id) => pattern.test(id) && !UNSAFE.test(id), { message: expected })
		.transform((id) => id as PathSegment);
}

/** What encoding does not make harmless: control characters, half characters, and dot segments. */
const UNENCODABLE = /[\p{Cc}\p{Cs}]|^\.{1,2}$/u;

/** Schema of an id whose form nobody documents. It may hold any characters: each is encoded. */
export function opaqueSegment(expected: string) {
	return z
		.string()
		.min(1, expected)
		.refine((id) => !UNENCODABLE.test(id), { message: expected })
		.transform((id) => id as PathSegment);
}

/** Builds a path; only checked segments fit into the gaps, and each is encoded. */
export function path(literals: TemplateStringsArray, ...segments: PathSegment[]): Path {
	return String.raw({ raw: literals }, ...segments.map(encodeURIComponent)) as Path;
}
