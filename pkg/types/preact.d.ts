/**
 * The elements in Preact's JSX. Import it once, anywhere: `import "jackfield/preact"`.
 *
 * `<jackfield-form settings={{ team_id: 1 }} onjackfield-success={({ connection }) => …} />`
 */
import type { ClassAttributes, HTMLAttributes } from "preact";
import type { Elements } from "./props.js";

type Listeners<Events, Target> = {
  [Name in keyof Events as `on${string & Name}`]?: ((event: Events[Name] & { currentTarget: Target }) => void) | undefined;
};

type Intrinsic = {
  [Tag in keyof Elements]: Elements[Tag]["props"] & Listeners<Elements[Tag]["events"], Elements[Tag]["element"]>
    & Omit<HTMLAttributes<Elements[Tag]["element"]>, keyof Elements[Tag]["props"]> & ClassAttributes<Elements[Tag]["element"]>;
};

declare module "preact" {
  namespace JSX {
    interface IntrinsicElements extends Intrinsic {}
  }
}
