import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { globSync } from 'fast-glob';

export const ROOT = join(__dirname, '../../..');

/** A page of the project that people read. */
export interface Page {
	/** From the project's root. */
	path: string;
	markdown: string;
}

/** Every Markdown page of the project. */
export function allPages(): Page[] {
	const files = globSync(['*.md', 'docs/**/*.md', 'test/**/*.md', '.github/**/*.md'], {
		cwd: ROOT,
		absolute: true,
		dot: true,
	});
	return files.sort().map((file) => ({
		path: relative(ROOT, file),
		markdown: readFileSync(file, 'utf8'),
	}));
}

/** What stands between fences of a language, without its own indentation. */
export function samplesOf({ markdown }: Page, language: string): string[] {
	const fences = new RegExp(`^([ \\t]*)\`\`\`${language}\\n([\\s\\S]*?)^[ \\t]*\`\`\`$`, 'gm');
	return [...markdown.matchAll(fences)].map(([, indent = '', text = '']) =>
		text.replace(new RegExp(`^${indent}`, 'gm'), '').trim(),
	);
}

/** Where links and pictures lead, code left out. */
export function targetsOf({ markdown }: Page): string[] {
	const text = withoutCode(markdown);
	const links = [
		...text.matchAll(/\]\(([^)\s]+)\)/g),
		...text.matchAll(/(?:src|srcset)="([^"]+)"/g),
	];
	return links.map(([, target]) => target!);
}

/** The anchors of a page as GitHub makes them of its headings. */
export function anchorsOf({ markdown }: Page): Set<string> {
	const headings = [...withoutFences(markdown).matchAll(/^#+ (.+)$/gm)].map(([, title]) => title!);
	const seen = new Map<string, number>();
	return new Set(
		headings.map((title) => {
			const slug = slugOf(title);
			const before = seen.get(slug) ?? 0;
			seen.set(slug, before + 1);
			return before === 0 ? slug : `${slug}-${before}`;
		}),
	);
}

/** Code inside sentences and between fences. */
export function codeOf({ markdown }: Page): string[] {
	return markdown.match(/```[\s\S]*?```|`[^`\n]*`/g) ?? [];
}

function slugOf(title: string): string {
	return title
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\s_-]/gu, '')
		.trim()
		.replace(/\s/g, '-');
}

function withoutCode(markdown: string): string {
	return withoutFences(markdown).replace(/`[^`\n]*`/g, '');
}

function withoutFences(markdown: string): string {
	return markdown.replace(/^[ \t]*```[\s\S]*?^[ \t]*```$/gm, '');
}
