/**
 * The elements in Svelte's markup, from Svelte 5 on. Import it once, anywhere: `import "jackfield/svelte"`.
 *
 * `<jackfield-form settings={{ team_id: 1 }} onjackfield-success={({ connection }) => …} />`
 */
import type { HTMLAttributes } from "svelte/elements";
import type { Elements } from "./props.js";

type Listeners<Events, Target> = {
  [Name in keyof Events as `on${string & Name}`]?: ((event: Events[Name] & { currentTarget: Target }) => void) | undefined;
};

type Intrinsic = {
  [Tag in keyof Elements]: Elements[Tag]["props"] & Listeners<Elements[Tag]["events"], Elements[Tag]["element"]>
    & Omit<HTMLAttributes<Elements[Tag]["element"]>, keyof Elements[Tag]["props"]>;
};

declare module "svelte/elements" {
  interface SvelteHTMLElements extends Intrinsic {}
}
