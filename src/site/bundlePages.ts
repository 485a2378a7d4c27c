import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BundlePages } from '../formats/bundle/bundle.ts';
import { countryInSentence, frameLanguage, type Words } from './languages.ts';
import { bundleCheck, bundleHelp, bundleHome, bundleLesson } from './pages/bundleView.ts';
import type { Renderer } from './render.ts';

/** The pages of a bundle, by the templates, the style and the words of the public site. */
export function createBundlePages(
  renderer: Renderer,
  words: Words,
  project: string = join(import.meta.dirname, '../..'),
): BundlePages {
  const scriptOf = (name: string): string => readFileSync(join(project, `public/bundle-${name}.js`), 'utf8');
  const scripts = { search: scriptOf('search'), check: scriptOf('check'), scorm: scriptOf('scorm') } as const;
  return {
    home(bundle) {
      const { frame, data, rules } = bundleHome(bundle, words);
      return renderer.page('bundle/home', frame, data, rules).html;
    },
    help(bundle) {
      const { frame, data, rules } = bundleHelp(bundle);
      return renderer.page('bundle/help', frame, data, rules).html;
    },
    check(bundle) {
      const { frame, data, rules } = bundleCheck(bundle);
      return renderer.page('bundle/check', frame, data, rules).html;
    },
    lesson(bundle, lesson, kind) {
      const { frame, data, rules } = bundleLesson(bundle, lesson, kind);
      return renderer.page('bundle/lesson', frame, data, rules).html;
    },
    script: (name) => scripts[name],
    words({ language, country }) {
      const spoken = frameLanguage(language);
      return {
        title: words(spoken, 'public:edition.title', { country: countryInSentence(spoken, country) }),
        lessonPage: words(spoken, 'bundle:lessonPage'),
        online: words(spoken, 'bundle:online'),
      };
    },
  };
}
