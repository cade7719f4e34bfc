# Small commands for use in the transcripts.

# Copies a file with one change, and complains if the change changes nothing.
tamper() { # FILE SED-SCRIPT
    sed -E "$2" "$1" >tampered.json
    if cmp -s "$1" tampered.json; then echo "the change changes nothing: $2" >&2; fi
}

# The verdict on a plan (plan.json) with one change, without the figures. The status is that of the
# check.
refuse() { # SED-SCRIPT [PLAN]
    tamper "${2-plan.json}" "$1"
    plaats check instances/tiny.json tampered.json |
        sed -E '/^(cost|unplaced|no bed|proof):/d; s/[0-9a-f]{64}/HASH/g'
    return "${PIPESTATUS[0]}"
}

# The integer that follows the first member of this name.
member() { # NAME FILE
    sed -nE "s/.*\"$1\": *(-?[0-9]+).*/\1/p" "$2" | head -n 1
}

# The text that follows the first member of this name.
text_member() { # NAME FILE
    sed -nE "s/.*\"$1\": *\"([^\"]*)\".*/\1/p" "$2" | head -n 1
}

# In what two files differ as a sed script shows them.
differ() { # SED-SCRIPT FILE FILE
    sed "$1" "$2" >shown.txt
    sed "$1" "$3" | diff shown.txt -
}

# What other solvers say the model in a file costs at best.
glpsol_cost() { # lp|mps FILE
    local form=--lp
    [ "$1" = lp ] || form=--freemps
    glpsol $form "$2" --min -o glpsol.txt >glpsol.log 2>&1 || cat glpsol.log
    sed -nE 's/^Objective: .* = (-?[0-9.e+]+) .*/\1/p' glpsol.txt | awk '{ printf "%.0f\n", $1 }'
}

cbc_cost() { # FILE
    cbc "$1" sec 60 solve solution cbc.txt >cbc.log 2>&1 || cat cbc.log
    sed -nE 's/.*objective value *(-?[0-9.e+]+).*/\1/p' cbc.txt | awk '{ printf "%.0f\n", $1 }'
}

# Starts a solve, sends signals once there is a plan, and says how it ended.
signal_after_plan() { # SIGNALS ARGUMENT...
    signal_after_plans "$1" 1 "${@:2}"
}

# The same for several at a time, once so many of them have a plan.
signal_after_plans() { # SIGNALS PLANS ARGUMENT...
    local signals=$1 plans=$2 signal pid
    shift 2
    : >progress.txt # that of an earlier call has a plan in it
    # A shell starts what runs in the background with SIGINT and SIGQUIT ignored.
    env --default-signal=INT,QUIT plaats solve "$@" --progress json 2>progress.txt &
    pid=$!
    for _ in $(seq 600); do
        [ "$(sed -nE 's/"seconds.*"cost":[0-9].*//p' progress.txt | sort -u | wc -l)" -ge "$plans" ] && break
        sleep 0.05
    done
    for signal in $signals; do
        kill -s "$signal" $pid
        sleep 0.02
    done
    wait $pid
    echo "status $?"
}

# Lines of a batch without what differs from run to run.
rows() {
    sed -E 's/"seconds":[0-9.]+/"seconds":N/'
}

# What was said as JSON, but for lines that are no object with a file: those are shown.
said_as_json() { # FILE
    grep -v '^{"file":.*}$' "$1"
    grep -c '^{"file":' "$1"
}

# Starts a solve of an instance that never comes, and ends it while it waits.
signal_while_reading() { # SIGNAL ARGUMENT...
    local signal=$1 pid
    shift
    mkfifo endless
    plaats solve endless "$@" &
    pid=$!
    exec 3>endless # waits until it is being read
    # The first may come just before it waits for more.
    while kill -s "$signal" $pid 2>/dev/null; do sleep 0.1; done
    wait $pid
    echo "status $?"
    exec 3>&-
    rm endless
}

# Whether a solve with a time limit takes no longer than that and one second. What it needs in any
# case, and how busy the machine is, is measured by a solve that has no time at all.
keeps_limit() { # SECONDS ARGUMENT...
    local limit=$1 begin=${EPOCHREALTIME/./} least
    shift
    plaats solve "$@" --time-limit 0.001 >/dev/null 2>&1
    least=$((${EPOCHREALTIME/./} - begin))
    begin=${EPOCHREALTIME/./}
    plaats solve "$@" --time-limit "$limit" 2>/dev/null
    echo "status $?"
    [ $((${EPOCHREALTIME/./} - begin)) -le $(((limit + 1) * 1000000 + 2 * least)) ]
}

# `make install` into the folder stage, as of a build for /opt/plaats; what is said only if it fails.
install_plaats() { # install|uninstall
    local root=$examples/../..
    env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL make -s --no-print-directory -C "$root" \
        BUILD="${BUILD:-build}" DESTDIR="$PWD/stage" PREFIX=/opt/plaats "$1" >make.txt 2>&1 ||
        cat make.txt
}

# A command that finds what was installed there.
as_installed() { # COMMAND...
    env PLAATS="$PWD/stage/opt/plaats/bin/plaats" \
        LD_LIBRARY_PATH="$PWD/stage/opt/plaats/lib" PKG_CONFIG_SYSROOT_DIR="$PWD/stage" \
        PKG_CONFIG_PATH="$PWD/stage/opt/plaats/lib/pkgconfig" "$@"
}
