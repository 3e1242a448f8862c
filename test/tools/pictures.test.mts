import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { fileName, shots } from '../../tools/screenshots/shots.mts';

const docs = join(__dirname, '../../docs');
const pages = [
	join(docs, '../README.md'),
	...readdirSync(docs)
		.filter((file) => file.endsWith('.md'))
		.map((file) => join(docs, file)),
].map((file) => readFileSync(file, 'utf8'));

it('the pictures of the docs are those that "npm run screenshots" writes', () => {
	const written = shots.flatMap((shot) => shot.themes.map((theme) => fileName(shot, theme)));
	expect(readdirSync(join(docs, 'images')).sort()).toEqual(written.sort());
});

it.each(shots.filter(({ themes }) => themes.includes('dark')))(
	'$name is shown in the docs, light or dark as the reader has it',
	(shot) => {
		const dark = `images/${fileName(shot, 'dark')}">\n`;
		const light = `images/${fileName(shot, 'light')}">\n</picture>`;
		const showing = pages.filter((page) => page.includes(dark) && page.includes(light));
		expect(showing).toHaveLength(1);
	},
);

it.each(shots.filter(({ themes }) => !themes.includes('dark')))(
	'$name is shown in the docs as n8n has it, in light',
	(shot) => {
		const showing = pages.filter((page) => page.includes(`](images/${fileName(shot, 'light')})`));
		expect(showing).toHaveLength(1);
	},
);
