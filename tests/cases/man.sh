# Every example of every manual page, and the README's pipeline, prints what is
# shown. See examples.awk for the form of an example. The examples of a page run
# one after the other in a folder of their own.
. "$TESTS/lib.sh"

export TZ=Asia/Shanghai # as crm(7) says

# "export NAME=VALUE" and "NAME=VALUE" stay in force for the page; "echo $?"
# shows the status of the command before, which is otherwise 0.

examples() { # PAGE FILE
	mkdir -p "$here/$1" "$here/$1.steps" || exit 2
	awk -v page="$1" -v to="$here/$1.steps" -f "$TESTS/examples.awk" "$2" ||
		exit 2
	steps=$here/$1.steps
	true_that "$1: has examples" [ -e "$steps/1.at" ]
	cd "$here/$1" || exit 2
	settings=
	step=1
	while [ -e "$steps/$step.at" ]; do
		example "$steps/$step" "$((step + 1))"
		step=$((step + 1))
	done
	cd "$here" || exit 2
}

example() { # BASE NEXT
	if [ -e "$1.file" ]; then
		cp "$1.out" "$(cat "$1.file")"
		return
	fi
	command=$(cat "$1.sh")
	[ "$command" != 'echo $?' ] || return
	if setting "$command"; then
		settings="$settings$command
"
		return
	fi
	missing=$(lacks "$command")
	if [ -n "$missing" ]; then
		count=$((count + 1))
		printf 'ok %d - %s # SKIP needs %s\n' "$count" \
			"$(cat "$1.at")" "$missing"
		return
	fi
	wanted=0
	next=$steps/$2.sh
	if [ -e "$next" ] && [ "$(cat "$next")" = 'echo $?' ]; then
		wanted=$(cat "$steps/$2.out")
	fi
	printf '%s%s\n' "$settings" "$command" >"$1.run"
	run sh "$1.run"
	judge "$1" "$wanted" "$(cat "$1.at"): $(head -n 1 "$1.sh")"
}

setting() { # COMMAND: only sets variables
	case $1 in
	*\ crm-*) false ;;
	export\ *) true ;;
	*) case ${1%% *} in *=*) ;; *) false ;; esac ;;
	esac
}

lacks() { # COMMAND: the program it needs and we have not
	for program in iconv join parallel; do
		case " $1 " in
		*[!a-z]"$program "*)
			command -v "$program" >/dev/null 2>&1 || echo "$program"
			;;
		esac
	done
}

judge() { # BASE STATUS NAME
	if [ "$status" = "$2" ] && cmp -s "$1.out" .out &&
		cmp -s "$1.err" .err; then
		result 0 "$3"
		return
	fi
	result 1 "$3"
	{
		echo "status $status, in the page $2"
		diff "$1.out" .out
		diff "$1.err" .err
	} | head -40 | sed 's/^/# /'
}

for file in "$TESTS"/../man/*.[157] "$TESTS"/../man/zh_CN/*.[157]; do
	[ ! -e "$file" ] || examples "${file#"$TESTS/../man/"}" "$file"
done

# The README works where `make demo` left its data.
generate=${UNIT:-.build/default/unit}/../generate
case $generate in /*) ;; *) generate=$TESTS/../$generate ;; esac
[ -x "$generate" ] || skip "needs the sample data (make $generate)"
mkdir README && "$generate" demo README || exit 2
examples README "$TESTS/../README"
finish
