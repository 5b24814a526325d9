/**
 * The elements in Solid's JSX. Import it once, anywhere: `import "jackfield/solid"`.
 *
 * `<jackfield-form prop:settings={{ team_id: 1 }} on:jackfield-success={({ connection }) => …} />`
 */
import type { JSX } from "solid-js";
import type { Elements } from "./props.js";

type Listeners<Events, Target> = {
  [Name in keyof Events as `on:${string & Name}`]?: ((event: Events[Name] & { currentTarget: Target }) => void) | undefined;
};

/** What is set is a property or an attribute by its own name, or by the prefix that says which. */
type Prefixed<Props> = { [Name in keyof Props as `prop:${string & Name}` | `attr:${string & Name}`]?: Props[Name] };

type Intrinsic = {
  [Tag in keyof Elements]: Elements[Tag]["props"] & Prefixed<Elements[Tag]["props"]> & Listeners<Elements[Tag]["events"], Elements[Tag]["element"]>
    & Omit<JSX.HTMLAttributes<Elements[Tag]["element"]>, keyof Elements[Tag]["props"]>;
};

declare module "solid-js" {
  namespace JSX {
    interface IntrinsicElements extends Intrinsic {}
  }
}
